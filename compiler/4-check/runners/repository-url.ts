import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "runners/repository-url",
  severity: "error",
  summary: "Where machines run CI jobs, the repository's URL is one that they can register at",
  why: "A runner registers at the page of the repository or of its owner, over https. An address for ssh, of a folder further down, or with a name and a password in it, is one for git alone.",

  *run({ repository, runners }) {
    const first = runners.find(({ kind }) => kind === "vm");
    if (first === undefined || PAGE.test(repository.url.replace(/\.git$/, ""))) return;
    yield {
      at: "repository.url",
      message: `runners cannot register at ${JSON.stringify(repository.url)}`,
      hint: "write it as https://github.com/owner/repository, which git clones from as well",
      related: [{ at: first.source, message: first.name }],
    };
  },
});

/** As the runners' modules take it: terraform-modules/gcp/runners/variables.tf, and the same for the other clouds. */
const PAGE = /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)?$/;
