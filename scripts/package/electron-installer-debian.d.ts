/** What Signal uses of electron-installer-debian, which brings no types. */
declare module 'electron-installer-debian' {
  interface Options {
    readonly [name: string]: unknown
    readonly src: string
    readonly dest: string
    readonly rename: (folder: string) => string
    readonly logger: (line: string) => void
  }

  export class Installer {
    constructor(options: Options)
    defaults: Readonly<Record<string, unknown>>
    generateDefaults(): Promise<Readonly<Record<string, unknown>>>
    generateOptions(): void
    createStagingDir(): Promise<void>
    createContents(): Promise<void>
    createPackage(): Promise<void>
    movePackage(): Promise<void>
  }
}
