/** What the Applications of a cluster look like from outside: their verdicts, and the order in which they came. */
import { readFileSync } from "node:fs";
import type { Client, Data } from "../../cluster/client.ts";
import type { LabCluster } from "../../cluster/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { watch } from "../../cluster/watch.ts";
import { startProcess } from "../../process.ts";
import { Hopeless, until } from "../../until.ts";

const APPLICATION = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", namespace: "argocd" } as const;
export const ROOT = "platform-root";

export const applicationNamed = (name: string) => ({ ...APPLICATION, name });
export const applicationsIn = (client: Client): Promise<Data[]> =>
  client.list(APPLICATION.apiVersion, APPLICATION.kind, { namespace: APPLICATION.namespace });

export const verdictOf = ({ status }: Data): string =>
  `${status?.sync?.status ?? "Unknown"}/${status?.health?.status ?? "Unknown"}`;
const SETTLED = "Synced/Healthy";

/** Why an Application is not as it should be, in Argo CD's words. */
export function complaintsOf({ metadata, status }: Data): string {
  const { conditions = [], operationState, resources = [] } = status ?? {};
  const operation =
    operationState && operationState.phase !== "Succeeded"
      ? [`${operationState.phase}: ${operationState.message}`]
      : [];
  const unsettled = (resources as Data[])
    .filter(({ status, health }) => status === "OutOfSync" || (health && health.status !== "Healthy"))
    .map(
      ({ kind, name, status, health }) =>
        `${kind} ${name}: ${status}, ${health?.status ?? "no health"} ${health?.message ?? ""}`,
    );
  return [
    `${metadata.name}: ${verdictOf({ status })}`,
    ...(conditions as Data[]).map(({ type, message }) => `${type}: ${message}`),
    ...operation,
    ...unsettled,
  ]
    .map((line) => line.slice(0, 600))
    .join("\n    ");
}

export interface Expectation {
  /** Names of all Applications that must be there, and no other. */
  names: readonly string[];
  /**
   * Of those that cannot be healthy without a program that the lab does not have, with the verdict that they then have.
   */
  otherwise?: Readonly<Record<string, string>>;
  /** The commit that the root must be at. */
  revision?: string;
}

/** Waits until every Application is there and settled. */
export async function settled(
  client: Client,
  { names, otherwise = {}, revision }: Expectation,
  seconds = 600,
): Promise<Data[]> {
  const wanted = [ROOT, ...names].sort();
  // Followed rather than listed: with all that was applied for them in their status they are large together.
  const found = new Map<string, Data>();
  const following = await watch(client, APPLICATION.apiVersion, APPLICATION.kind, ({ object, isGone }) => {
    if (isGone) found.delete(object.metadata.name);
    else found.set(object.metadata.name, object);
  });
  let unsettled: string[] = [];
  const look = (): Data[] | undefined => {
    if (following.failure) throw new Hopeless(following.failure.message);
    unsettled = [
      ...wanted.filter((name) => !found.has(name)).map((name) => `${name}: is not there`),
      ...[...found.keys()].filter((name) => !wanted.includes(name)).map((name) => `${name}: should not be there`),
      ...[...found.values()]
        .filter((application) => verdictOf(application) !== (otherwise[application.metadata.name] ?? SETTLED))
        .map(complaintsOf),
      ...(revision !== undefined && !revisionsOf(found.get(ROOT)).includes(revision)
        ? [`${ROOT}: at ${revisionsOf(found.get(ROOT)).join()}, not at ${revision}`]
        : []),
    ];
    return unsettled.length === 0 ? [...found.values()] : undefined;
  };
  try {
    return await until("all Applications settled", look, { seconds, every: 500 });
  } catch (error) {
    if (error instanceof Hopeless) throw error;
    throw new Error(`${(error as Error).message.split("; instead")[0]}\n  ${unsettled.join("\n  ")}`, { cause: error });
  } finally {
    following.stop();
  }
}

const revisionsOf = (application: Data): string[] =>
  application?.status?.sync?.revisions ?? [application?.status?.sync?.revision].filter(Boolean);

/** Waits until the root has applied a commit, whatever its Applications make of it. */
export const applied = (client: Client, revision: string, seconds: number): Promise<Data> =>
  client.waitFor(
    applicationNamed(ROOT),
    (root) => verdictOf(root).startsWith("Synced/") && revisionsOf(root).includes(revision),
    `at ${revision}`,
    { seconds },
  );

export interface OrderWatch {
  /**
   * Ends it. Which Applications began before an earlier wave was applied and healthy, and how many waves there were.
   */
  stop(): Promise<{ findings: string[]; waves: number }>;
}

/**
 * One line for every state that an Application has been in, in the order of the server's own events, so that none is
 * missed.
 */
const COLUMNS = [
  "N:.metadata.name",
  "W:.metadata.annotations.argocd\\.argoproj\\.io/sync-wave",
  "H:.status.health.status",
  "S:.status.sync.status",
  "I:.status.history[0].id",
];

export async function watchOrder({ run, kubeconfig }: LabCluster): Promise<OrderWatch> {
  const args = [
    "--kubeconfig",
    kubeconfig,
    "--namespace",
    "argocd",
    "get",
    "applications.argoproj.io",
    "--watch",
    "--no-headers",
    `--output=custom-columns=${COLUMNS.join(",")}`,
  ];
  const { log, stop } = await startProcess(run, { name: "watch-applications", command: neededTool("kubectl"), args });
  return {
    async stop() {
      await stop();
      return orderOf(readFileSync(log, "utf8"));
    },
  };
}

/** An Application may come only when every one of an earlier wave has been applied, and healthy since. */
export function orderOf(lines: string): { findings: string[]; waves: number } {
  const settled = new Set<string>();
  const waves = new Map<string, number>();
  const findings: string[] = [];
  for (const [name, wave, health, sync, history] of lines
    .trim()
    .split("\n")
    .map((line) => line.split(/\s+/) as [string, string, string, string, string])) {
    if (name === ROOT || Number.isNaN(Number(wave))) continue;
    if (!waves.has(name)) {
      const early = [...waves]
        .filter(([other, earlier]) => earlier < Number(wave) && !settled.has(other))
        .map(([other]) => other);
      if (early.length > 0) findings.push(`${name} came before ${early.join(", ")} had been applied and healthy`);
      waves.set(name, Number(wave));
    }
    if (health === "Healthy" && (sync === "Synced" || history !== "<none>")) settled.add(name);
  }
  return { findings, waves: new Set(waves.values()).size };
}
