import { existsSync } from "node:fs";

/** The release of Claude Code that is run. */
export const CLAUDE_CODE_VERSION = "2.1.329";

/** A package of npm that holds the program for one kind of machine. */
export interface PlatformPackage {
  /** As `process.platform` says it. */
  readonly platform: string;
  /** As `process.arch` says it. */
  readonly architecture: string;
  /** Dynamic loader that the program needs; tells glibc from musl. Absent where there is no choice. */
  readonly loader?: string;
  readonly name: string;
  /** Subresource integrity of its tarball, as npm's registry gives it. */
  readonly integrity: string;
}

/**
 * The packages of {@link CLAUDE_CODE_VERSION}; `npm view NAME@VERSION dist.integrity` gives the last column.
 *
 * @see {@link https://www.npmjs.com/package/@anthropic-ai/claude-code | optionalDependencies of @anthropic-ai/claude-code}
 */
export const PLATFORM_PACKAGES: readonly PlatformPackage[] = [
  {
    platform: "linux",
    architecture: "x64",
    loader: "/lib64/ld-linux-x86-64.so.2",
    name: "@anthropic-ai/claude-code-linux-x64",
    integrity: "sha512-+n4lu1ubYAp02Y0X/MAUnxw9yY6SHHZ77F+IoW+V0wVoFuiI9opdH6gofjf14gXJCEYMTNpks7Gn1i8XZTKAWA==",
  },
  {
    platform: "linux",
    architecture: "arm64",
    loader: "/lib/ld-linux-aarch64.so.1",
    name: "@anthropic-ai/claude-code-linux-arm64",
    integrity: "sha512-IiG5umFToSCVWqB1lEsxxwIxKgxPXyZ3DRU915v8J4Bz5Q3JpslM0ew1m5yaT+lFXBPvYxmsEgi0XI68XHND0A==",
  },
  {
    platform: "linux",
    architecture: "x64",
    loader: "/lib/ld-musl-x86_64.so.1",
    name: "@anthropic-ai/claude-code-linux-x64-musl",
    integrity: "sha512-EouW7B/aG3GOQBmzN9MxHV9uTOE2r6E+VIlFBrBgIEBuBBF4qH1GTvg5/CVf53gGp4DgVf1CYdBHjS+2NeDP4A==",
  },
  {
    platform: "linux",
    architecture: "arm64",
    loader: "/lib/ld-musl-aarch64.so.1",
    name: "@anthropic-ai/claude-code-linux-arm64-musl",
    integrity: "sha512-uVWrRp60cqvikJ13Rtmlkd8WuJtJEWAuGJzenJ0or0I7by05kRWopFdDdpWYQi8dRIJ6+W9T9w+PA4B+EjfCXQ==",
  },
  {
    platform: "darwin",
    architecture: "arm64",
    name: "@anthropic-ai/claude-code-darwin-arm64",
    integrity: "sha512-brgS94FOoB+ekq1gIeNpBtGAbzWxE1UEeBQWfk1KX1BStrMIxwWXriPfQLKEkFTWHpmGXv2fZxxMQJsR+5PhZw==",
  },
  {
    platform: "darwin",
    architecture: "x64",
    name: "@anthropic-ai/claude-code-darwin-x64",
    integrity: "sha512-6cjJiD19yxOzdnzErJ8ougFKoksK/wUvOJb6V2iCXg1rM9gGEY1I7HE8jQnvh6buAuXHtHaahfoiiISaplOxYg==",
  },
];

/** A machine, as far as a package depends on it. */
export interface Machine {
  readonly platform: string;
  readonly architecture: string;
  /** Whether a file is there. */
  readonly exists: (path: string) => boolean;
}

/** The package for a machine; `undefined` where there is none that this harness can drive, as on Windows. */
export function resolvePlatformPackage(
  machine: Machine = { platform: process.platform, architecture: process.arch, exists: existsSync },
): PlatformPackage | undefined {
  return PLATFORM_PACKAGES.find(
    ({ platform, architecture, loader }) =>
      platform === machine.platform &&
      architecture === machine.architecture &&
      (loader === undefined || machine.exists(loader)),
  );
}
