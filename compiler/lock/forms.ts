import ipaddr from "ipaddr.js";
import semver from "semver";
import type { Cidr } from "../config/units.ts";
import type { AddonChart } from "../topology/addons.ts";

/** What a choice can be. A lock is read from disk, and merged by git: it is trusted as little as any other input. */
export interface Form<T> {
  /** As `is not …` goes on. */
  title: string;
  fits: (value: unknown) => value is T;
  /** A value can stop to be one, as the name of what is gone: then it is chosen anew. Default: that is a mistake */
  passes?: true;
  /** There may be a newer one, which `upgrade` takes. Default: there is no such thing */
  isVersion?: true;
}

const form = <T>(title: string, fits: (value: unknown) => boolean): Form<T> => ({
  title,
  fits: (value): value is T => fits(value),
});

const text = <T extends string>(title: string, pattern: RegExp): Form<T> =>
  form(title, (value) => typeof value === "string" && pattern.test(value));

const ofVersions = <T>(form: Form<T>): Form<T> => ({ ...form, isVersion: true });

export const YES_OR_NO = form<boolean>("true or false", (value) => typeof value === "boolean");

export const RANGE = form<Cidr>(
  "a network",
  (value) => typeof value === "string" && ipaddr.IPv4.isValidCIDRFourPartDecimal(value),
);

/** An index, or a number of places. */
export const COUNT = form<number>(
  "a number",
  (value) => typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 1000,
);

/** A version of Kubernetes: `1.35`. */
export const MINOR = ofVersions(text("a version of Kubernetes", /^1\.\d{1,2}$/));

/** A version, or what Terraform takes for several: `88.5.3`, `~> 6.50`. */
export const VERSION = ofVersions(text("a version", /^(?:~> )?v?\d+\.\d+(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]{1,60})?$/));

/** A registry with a path in it, as images begin with it: `ghcr.io/acme`. */
export const REGISTRY = text("a registry", /^[^\s/][^\s]{0,253}[^\s/]$/);

/** The name of a region or of an environment. */
export const NAME = text("a name", /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

/** Names of zones. */
export const ZONES = form<readonly string[]>(
  "a list of zones",
  (value) => Array.isArray(value) && value.every((zone) => typeof zone === "string" && /^[a-z0-9-]{1,40}$/.test(zone)),
);

/** One of the names that the config declares: when it is gone, so is the choice. */
export const oneOf = (names: readonly string[]): Form<string> => ({
  ...form<string>(`one of ${names.join(", ")}`, (value) => typeof value === "string" && names.includes(value)),
  passes: true,
});

const whose = (declaredAt: string | undefined): string =>
  declaredAt === undefined ? "this eco-compile writes" : `${declaredAt} has`;

/** A version of a chart that its values are written for; `declaredAt` is where the config has them, if it has. */
export const versionOf = (
  { name, version, since = version }: Pick<AddonChart, "name" | "version" | "since">,
  declaredAt?: string,
) =>
  ofVersions(
    form<string>(
      since === version
        ? `${version}, for which ${whose(declaredAt)} the values of ${name}`
        : `a version of ${name} from ${since} to ${version}, for which ${whose(declaredAt)} values`,
      (value) =>
        typeof value === "string" &&
        semver.valid(value) !== null &&
        semver.gte(value, since) &&
        semver.lte(value, version),
    ),
  );
