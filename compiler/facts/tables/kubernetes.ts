import type { CloudKind } from "../../config/model/clouds.ts";
import { shipped, type Table } from "./table.ts";

/** A minor version of Kubernetes as a cloud offers it; dates are days, as 2027-03-27. */
interface KubernetesRelease {
  minor: string;
  /** Since when new clusters get it. A day after the table's date is the cloud's plan. */
  from: string;
  /** On this day its standard support ends. */
  standard: string;
  /** On this day what the cloud sells or switches on beyond that ends; absent where no source says so. */
  extended?: string;
}

/** `data/kubernetes.json`: each cloud's minors, the newest first. */
export type KubernetesTable = Table<readonly KubernetesRelease[]>;

export const kubernetesTable = shipped<KubernetesTable>("kubernetes.json");

/** How a cloud supports a minor on the table's date. */
export type Support =
  | { is: "supported" | "ending" | "ended"; release: KubernetesRelease }
  /** Older than all, newer than all, or between two that are known. */
  | { is: "older" | "newer" | "missing" };

/** A version whose support ends within so many days is worth a warning: upgrades are planned in quarters. */
export const NOTICE_DAYS = 90;

export function supportOf({ date, clouds }: KubernetesTable, cloud: CloudKind, minor: string): Support {
  const releases = clouds[cloud];
  const release = releases.find((release) => release.minor === minor);
  if (release === undefined) return { is: placeOf(releases, minor) };
  const days = daysBetween(date, release.standard);
  return { is: days <= 0 ? "ended" : days <= NOTICE_DAYS ? "ending" : "supported", release };
}

/** Minors that a new cluster may take on the table's date, the newest first. */
export const supported = (table: KubernetesTable, cloud: CloudKind): string[] =>
  table.clouds[cloud]
    .filter(({ from, standard }) => from <= table.date && table.date < standard)
    .map(({ minor }) => minor);

/**
 * The newest minor that all of what a cluster gets installed takes: Istio 1.30 is the one that says a limit.
 * https://istio.io/latest/docs/releases/supported-releases/
 */
const INSTALLED = "1.36";

/** The newest minor that a cloud offers on the table's date, as far as what is installed takes it. */
export const newest = (cloud: CloudKind, table = kubernetesTable()): string =>
  supported(table, cloud).find((minor) => minorNumber(minor) <= minorNumber(INSTALLED))!;

/** A control plane goes up one minor after another: https://kubernetes.io/releases/version-skew-policy/ */
export const nextMinor = (cloud: CloudKind, version: string): string =>
  minorNumber(version) < minorNumber(newest(cloud)) ? `1.${minorNumber(version) + 1}` : version;

function placeOf(releases: readonly KubernetesRelease[], minor: string): "older" | "newer" | "missing" {
  if (releases.every((release) => minorNumber(release.minor) < minorNumber(minor))) return "newer";
  return releases.every((release) => minorNumber(minor) < minorNumber(release.minor)) ? "older" : "missing";
}

/** All are of Kubernetes 1. */
const minorNumber = (version: string): number => Number(version.split(".")[1]);

/** Between two days as they are written, which name no time zone and are read as UTC's. */
const daysBetween = (from: string, to: string): number => (utc(to) - utc(from)) / (24 * 60 * 60 * 1000);
// oxlint-disable-next-line no-restricted-globals -- reads a date that is given; no clock, no time zone of the machine
const utc = (day: string): number => Date.parse(day);

/** What the clouds call their Kubernetes. */
export const SERVICES: Readonly<Record<CloudKind, string>> = { gcp: "GKE", aws: "EKS", azure: "AKS" };
