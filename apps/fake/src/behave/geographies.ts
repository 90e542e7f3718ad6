/** A geography of inference profiles: its prefix, its name, and where its requests may run. */
interface Geography {
  readonly prefix: string;
  readonly name: string;
  /** Regions from which its profiles can be called. */
  readonly from: RegExp;
  /** Regions in which its requests run. */
  readonly to: readonly string[];
}

/**
 * Geographies of system-defined inference profiles.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html | Supported regions and models for inference profiles}
 */
export const GEOGRAPHIES: readonly Geography[] = [
  {
    prefix: "us",
    name: "US",
    from: /^(?:us-(?:east|west)|ca-central)-\d$/,
    to: ["us-east-1", "us-east-2", "us-west-2"],
  },
  { prefix: "eu", name: "EU", from: /^eu-/, to: ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"] },
  { prefix: "jp", name: "JP", from: /^ap-northeast-[13]$/, to: ["ap-northeast-1", "ap-northeast-3"] },
  { prefix: "au", name: "AU", from: /^ap-southeast-[24]$/, to: ["ap-southeast-2", "ap-southeast-4"] },
  {
    prefix: "apac",
    name: "APAC",
    from: /^ap-/,
    to: ["ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  },
  { prefix: "us-gov", name: "US GovCloud", from: /^us-gov-/, to: ["us-gov-east-1", "us-gov-west-1"] },
  { prefix: "global", name: "Global", from: /^(?!us-gov-)/, to: [] },
];
