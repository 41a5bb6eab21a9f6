import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Topology } from "../topology/index.ts";

export const lowerRepository = ({ repository }: Ecosystem): Topology["repository"] => ({
  source: "repository",
  url: repository.url,
  revision: repository.revision ?? "main",
  path: repository.path ?? ".",
});
