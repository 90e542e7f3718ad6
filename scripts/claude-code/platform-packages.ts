import { existsSync } from "node:fs";
import { NEWEST_RELEASE, releaseIntegrities } from "./known-releases.ts";

/** The release of Claude Code that is run where no other is asked for. */
export const CLAUDE_CODE_VERSION: string = NEWEST_RELEASE;

/** A package of npm that holds the program for one kind of machine. */
export interface PlatformPackage {
  /** As `process.platform` says it. */
  readonly platform: string;
  /** As `process.arch` says it. */
  readonly architecture: string;
  /** Dynamic loader that the program needs; tells glibc from musl. Absent where there is no choice. */
  readonly loader?: string;
  readonly name: string;
}

/** A package of one release. */
export interface WantedPackage extends PlatformPackage {
  readonly version: string;
  /** Subresource integrity of its tarball, as npm's registry gives it. */
  readonly integrity: string;
}

/**
 * Names a release of a package.
 *
 * @param wanted The package.
 * @param version The release.
 * @param integrities Package → integrity; by default those of a release that is known.
 * @returns The package of that release; its integrity is empty, and fits nothing, where it is not known.
 */
export function wantPackage(
  wanted: PlatformPackage,
  version: string = CLAUDE_CODE_VERSION,
  integrities: Readonly<Record<string, string>> = releaseIntegrities(version) ?? {},
): WantedPackage {
  return { ...wanted, version, integrity: integrities[wanted.name] ?? "" };
}

/**
 * The packages of every release.
 *
 * @see {@link https://www.npmjs.com/package/@anthropic-ai/claude-code | optionalDependencies of @anthropic-ai/claude-code}
 */
export const PLATFORM_PACKAGES: readonly PlatformPackage[] = [
  {
    platform: "linux",
    architecture: "x64",
    loader: "/lib64/ld-linux-x86-64.so.2",
    name: "@anthropic-ai/claude-code-linux-x64",
  },
  {
    platform: "linux",
    architecture: "arm64",
    loader: "/lib/ld-linux-aarch64.so.1",
    name: "@anthropic-ai/claude-code-linux-arm64",
  },
  {
    platform: "linux",
    architecture: "x64",
    loader: "/lib/ld-musl-x86_64.so.1",
    name: "@anthropic-ai/claude-code-linux-x64-musl",
  },
  {
    platform: "linux",
    architecture: "arm64",
    loader: "/lib/ld-musl-aarch64.so.1",
    name: "@anthropic-ai/claude-code-linux-arm64-musl",
  },
  {
    platform: "darwin",
    architecture: "arm64",
    name: "@anthropic-ai/claude-code-darwin-arm64",
  },
  {
    platform: "darwin",
    architecture: "x64",
    name: "@anthropic-ai/claude-code-darwin-x64",
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
