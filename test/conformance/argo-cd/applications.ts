/** What the Applications of a cluster look like from outside: their verdicts, and the order in which they came. */
import type { Client, Data } from "../../lab/cluster/client.ts";
import { waveOf } from "../../lab/delivery/index.ts";
import { until } from "../../lab/until.ts";

const APPLICATION = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" } as const;
export const ROOT = "platform-root";

export const applicationNamed = (name: string) => ({ ...APPLICATION, name });
export const applicationsIn = (client: Client): Promise<Data[]> => client.list(APPLICATION.apiVersion, APPLICATION.kind, { namespace: APPLICATION.namespace });

export const verdictOf = ({ status }: Data): string => `${status?.sync?.status ?? "Unknown"}/${status?.health?.status ?? "Unknown"}`;
export const SETTLED = "Synced/Healthy";

/** Why an Application is not as it should be, in Argo CD's words. */
export function complaintsOf({ metadata, status }: Data): string {
  const { conditions = [], operationState, resources = [] } = status ?? {};
  const operation = operationState && operationState.phase !== "Succeeded" ? [`${operationState.phase}: ${operationState.message}`] : [];
  const unsettled = (resources as Data[]).filter(({ status, health }) => status === "OutOfSync" || (health && health.status !== "Healthy")).map(({ kind, name, status, health }) => `${kind} ${name}: ${status}, ${health?.status ?? "no health"} ${health?.message ?? ""}`);
  return [`${metadata.name}: ${verdictOf({ status })}`, ...(conditions as Data[]).map(({ type, message }) => `${type}: ${message}`), ...operation, ...unsettled].map((line) => line.slice(0, 600)).join("\n    ");
}

export interface Expectation {
  /** Names of all Applications that must be there, and no other. */
  names: readonly string[];
  /** Of those that cannot be healthy without a program that the lab does not have, with the verdict that they then have. */
  otherwise?: Readonly<Record<string, string>>;
  /** The commit that the root must be at. */
  revision?: string;
}

/** Waits until every Application is there and settled. */
export async function settled(client: Client, { names, otherwise = {}, revision }: Expectation, seconds = 600): Promise<Data[]> {
  const wanted = [ROOT, ...names].sort();
  let unsettled: string[] = [];
  const look = async (): Promise<Data[] | undefined> => {
    const applications = await applicationsIn(client);
    const found = new Map(applications.map((application) => [application.metadata.name as string, application]));
    unsettled = [
      ...wanted.filter((name) => !found.has(name)).map((name) => `${name}: is not there`),
      ...[...found.keys()].filter((name) => !wanted.includes(name)).map((name) => `${name}: should not be there`),
      ...applications.filter((application) => verdictOf(application) !== (otherwise[application.metadata.name] ?? SETTLED)).map(complaintsOf),
      ...(revision !== undefined && !revisionsOf(found.get(ROOT)).includes(revision) ? [`${ROOT}: at ${revisionsOf(found.get(ROOT)).join()}, not at ${revision}`] : []),
    ];
    return unsettled.length === 0 ? applications : undefined;
  };
  return until("all Applications settled", look, { seconds, every: 1000 }).catch((error: Error) => {
    throw new Error(`${error.message.split("; instead")[0]}\n  ${unsettled.join("\n  ")}`);
  });
}

export const revisionsOf = (application: Data): string[] => application?.status?.sync?.revisions ?? [application?.status?.sync?.revision].filter(Boolean);

/** Healthy, and not only because nothing of it is there yet. */
const isApplied = ({ status }: Data): boolean => status?.health?.status === "Healthy" && (status.sync?.status === "Synced" || status.history?.length > 0);

export interface OrderWatch {
  /** Ends it. Which Applications began before an earlier wave was healthy, and in which order all of them came. */
  stop(): Promise<{ findings: string[]; waves: number }>;
}

/** Looks again and again: an Application may come only when every one of an earlier wave has been applied and healthy. */
export function watchOrder(client: Client, every = 250): OrderWatch {
  const healthy = new Set<string>();
  const seen = new Map<string, number>();
  const findings: string[] = [];
  let running = true;
  const look = async (): Promise<void> => {
    const applications = await applicationsIn(client);
    for (const application of applications) if (isApplied(application)) healthy.add(application.metadata.name);
    for (const application of applications.filter(({ metadata }) => !seen.has(metadata.name) && metadata.name !== ROOT)) {
      const { name } = application.metadata;
      seen.set(name, waveOf(application));
      const early = [...seen].filter(([other, wave]) => wave < waveOf(application) && !healthy.has(other)).map(([other]) => other);
      if (early.length > 0) findings.push(`${name} came before ${early.join(", ")} had been applied and healthy`);
    }
  };
  const done = (async () => {
    for (; running; await new Promise((resolve) => setTimeout(resolve, every))) await look().catch(() => undefined);
  })();
  return {
    async stop() {
      running = false;
      await done;
      return { findings, waves: new Set(seen.values()).size };
    },
  };
}
