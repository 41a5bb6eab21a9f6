import type { DnsLabel, ImageName, ImageTag, PlainText } from "../texts.ts";
import type { Bytes, Cpu, Memory } from "../units.ts";

/**
 * A container of a service's pods beside its own. It runs as the same user, on the same network, and sees the writable
 * folders and the volumes where the service does.
 */
export interface PodContainer {
  /** @example "migrate" */
  name: DnsLabel;
  /**
   * Image repository, without tag or digest; the digest of each environment comes from `ecosystem.images.json`, where it
   * is called `<service>/<name>`.
   * @example "ghcr.io/acme/proxy"
   * @default the service's own image, in the version that the service has
   */
  image?: ImageName;
  /** Tag to use where `ecosystem.images.json` has no digest. Without an `image`, another version of the service's own. */
  tag?: ImageTag;
  /** Replaces the image's entrypoint. Arrives as it is written. */
  command?: readonly PlainText[];
  /** Arguments of the entrypoint. They arrive as they are written. */
  args?: readonly PlainText[];
  /**
   * Also gets what the service's own container gets: its variables, its files of configuration and its secrets.
   * @default false
   */
  inherits?: boolean;
  /**
   * Environment variables. They count for more than those that it inherits.
   * @keys VariableName
   * @default {}
   */
  env?: { [name: string]: PlainText };
  /** Processor, memory and local disk of it, beside those of the service. */
  resources?: ContainerResources;
}

/** Processor, memory and scratch space of a container beside the service's own. */
export interface ContainerResources {
  /**
   * Cores that the scheduler reserves; twice as many may be used.
   * @default "50m"
   */
  cpu?: Cpu;
  /**
   * Memory that is reserved and never exceeded.
   * @default "64Mi"
   */
  memory?: Memory;
  /**
   * Local disk: logs.
   * @default "64Mi"
   */
  ephemeralStorage?: Bytes;
}
