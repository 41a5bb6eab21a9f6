import type { Finding, Severity } from "../diagnostics/diagnostic.ts";
import type { Machines } from "../facts/machines/index.ts";
import type { KubernetesTable } from "../facts/tables/kubernetes.ts";
import type { FamilyTable } from "../facts/tables/machine-families.ts";
import type { TimeZoneTable } from "../facts/tables/time-zones.ts";
import type { ZoneTable } from "../facts/tables/zones.ts";
import type { Topology } from "../topology/index.ts";

/** A rule over the Topology. */
export interface Check {
  /** Stable slug, `<group>/<rule>`, never reused; also the path of its file and of its doc page. */
  id: string;
  severity: Severity;
  /** The rule in one sentence. */
  summary: string;
  /** Why it matters. */
  why: string;
  /**
   * For an error: what is written works all the same, so that the config may lower it, as a risk that somebody takes.
   * The targets count on all other errors being gone. Default: false
   */
  risk?: boolean;
  /**
   * Also run with every tunable at its lowest and at its highest value, since a proposal may set it there.
   * Default: false
   */
  atBounds?: boolean;
  run: (topology: Topology, context: CheckContext) => Iterable<Finding>;
}

/** What a check may need beside the topology. */
export interface CheckContext {
  /** Prices and sizes of machine types; read lazily, since few checks need them. */
  machines: () => Machines;
  /** Which versions of Kubernetes the clouds support. */
  kubernetes: () => KubernetesTable;
  /** Which zones the regions have. */
  zones: () => ZoneTable;
  /** Which time zones there are. */
  timeZones: () => TimeZoneTable;
  /** Which families of machines need another disk or image than the others. */
  families: () => FamilyTable;
}

/** Names the fields of a check once and gives them their types. */
export const defineCheck = (check: Check): Check => check;
