import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import type { Workload } from "../../topology/workloads.ts";
import { byteCount } from "../byte-count.ts";
import { defineCheck } from "../check.ts";

/**
 * Of one argument or variable, with the NUL at its end: MAX_ARG_STRLEN of Linux, 32 pages of 4 KiB.
 * https://man7.org/linux/man-pages/man2/execve.2.html
 */
const LONGEST = 128 * 1024;

/**
 * Argo CD applies workloads as `kubectl apply` does, which keeps the whole object in one annotation of 262,144 bytes at
 * most (https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply). What else such an object
 * holds has not needed 32 KiB yet.
 */
const MOST = (256 - 32) * 1024;

export default defineCheck({
  id: "services/environment-too-large",
  severity: "error",
  summary: "What a process is started with fits into what Linux and Kubernetes take",
  why: "Linux starts nothing with an argument or a variable of more than 128 KiB: the pod would fail with `argument list too long`. All of them together are a part of the Deployment, and one that does not fit into the annotation in which its last form is kept is refused when it is applied.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, config, command = [], args = [] } = workload;
      const long = wordsOf(workload).find(({ text }) => bytes(text) + 1 > LONGEST);
      if (long !== undefined)
        yield {
          at: fieldAt(workload, ...long.path),
          message: `${name}: ${long.title} has ${byteCount(bytes(long.text))} bytes, and Linux starts nothing with more than ${byteCount(LONGEST - 1)} in one`,
          idea: "a process is started with more than Linux takes",
          hint: "let the service read it from a file: put it into `config.files`",
        };
      const env = Object.entries(config.env).map(([name, value]) => ({ name, value }));
      const size = bytes(JSON.stringify({ env, command, args }));
      if (long === undefined && size > MOST)
        yield {
          at: fieldAt(workload, "config", "env"),
          message: `${name}: its variables and arguments have ${byteCount(size)} bytes together, and there is room for ${byteCount(MOST)}`,
          idea: "variables and arguments that do not fit into the object",
          hint: "let the service read what is large from files: put it into `config.files`",
        };
    }
  },
});

/** What Linux is given when the process starts, one by one. */
const wordsOf = ({ config, command = [], args = [] }: Workload) => [
  ...Object.entries(config.env).map(([name, value]) => ({
    title: `the variable ${name}`,
    text: `${name}=${value}`,
    path: ["config", "env", name],
  })),
  ...[...command.entries()].map(([index, text]) => ({
    title: `a part of its command`,
    text,
    path: ["command", index],
  })),
  ...[...args.entries()].map(([index, text]) => ({ title: `an argument`, text, path: ["args", index] })),
];

const bytes = (text: string): number => Buffer.byteLength(text);
