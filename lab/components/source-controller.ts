/**
 * A test peer of Flux' source-controller, which no registry has: it looks up the branch of every GitRepository and
 * says, as that would, that its content is ready. Nothing is fetched.
 * https://fluxcd.io/flux/components/source/gitrepositories/#gitrepository-status
 */
import { referenceTo, type Client, type Data, type Reference } from "../cluster/client.ts";
import { repeat, type Repeated } from "../repeat.ts";
import type { Repository } from "./git.ts";

const KIND = ["source.toolkit.fluxcd.io/v1", "GitRepository"] as const;
const DEFINITION: Reference = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "gitrepositories.source.toolkit.fluxcd.io",
};

/** Until it is stopped. A branch that is not there, or a repository of another address, never becomes ready. */
export const playSourceController = (client: Client, repository: Repository): Repeated =>
  repeat(
    async () => {
      // Most clusters never have the kind, and to ask again and again which kinds there are costs a server much.
      if ((await client.get(DEFINITION)) === undefined) return;
      for (const source of await client.list(...KIND)) {
        const revision = source.spec.url === repository.url ? await repository.find(source.spec.ref.branch) : undefined;
        if (revision !== undefined && source.status?.artifact?.revision !== revision)
          await client.patch(referenceTo(source), { status: statusOf(source, revision) }, "status");
      }
    },
    { every: 1000 },
  );

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
