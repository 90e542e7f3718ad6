/** Thrown inside where a value does not fit; nobody outside of this room sees it. */
export class SettingsFault extends Error {
  override name = "SettingsFault";
  /** Where it stands, such as `upstreams[0].provider`; empty for the whole. */
  readonly path: string;

  /**
   * @param path Where it stands.
   * @param found What was found, without secrets.
   * @param expected What was expected.
   * @param fix The way out.
   */
  constructor(path: string, found: string, expected: string, fix: string) {
    super(`found ${found}, expected ${expected}; ${fix}`);
    this.path = path;
  }
}
