/**
 * A test peer of Flux' source-controller, which no registry has: it looks up the branch of every GitRepository and says, as that would, that its content is ready. Nothing is
 * fetched. https://fluxcd.io/flux/components/source/gitrepositories/#gitrepository-status
 */
import { setTimeout as sleep } from "node:timers/promises";
import { referenceTo, type Client, type Data } from "../cluster/client.ts";
import type { Repository } from "./git.ts";

const KIND = ["source.toolkit.fluxcd.io/v1", "GitRepository"] as const;

/** Until it is stopped. A branch that is not there, or a repository of another address, never becomes ready. */
export function playSourceController(client: Client, repository: Repository): { stop(): Promise<void> } {
  let running = true;
  const look = async (): Promise<void> => {
    if (!(await client.knows(...KIND))) return;
    for (const source of await client.list(...KIND)) {
      const revision = source.spec.url === repository.url ? await repository.find(source.spec.ref.branch) : undefined;
      if (revision !== undefined && source.status?.artifact?.revision !== revision) await client.patch(referenceTo(source), { status: statusOf(source, revision) }, "status");
    }
  };
  const done = (async () => {
    for (; running; await sleep(1000)) await look().catch(() => undefined); // the server may be ending
  })();
  return {
    async stop() {
      running = false;
      await done;
    },
  };
}

const statusOf = ({ metadata: { generation } }: Data, revision: string): Data => ({
  observedGeneration: generation,
  artifact: { revision },
  conditions: ["Ready", "ArtifactInStorage"].map((type) => ({
    type,
    status: "True",
    reason: "Succeeded",
    message: `stored artifact for revision '${revision}'`,
    lastTransitionTime: new Date().toISOString(),
    observedGeneration: generation,
  })),
});
