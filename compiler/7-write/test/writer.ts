/**
 * A run in a process of its own, to be killed: `node writer.mjs ROOT A|B [ROUNDS]`. Says "ready" on a line, then
 * writes the tree of that name; with rounds it goes to and fro between the two until the rounds are over.
 */
import { write } from "../index.ts";
import { OPTIONS } from "./tree.ts";
import { TREES } from "./trees.ts";

const [root = "", name = "", rounds = "1"] = process.argv.slice(2);
process.stdout.write("ready\n");
let turn = name === "A" ? 0 : 1;
for (let round = 0; round < Number(rounds); round++, turn++) {
  const tree = turn % 2 === 0 ? "A" : "B";
  const { diagnostics } = write(root, TREES[tree], OPTIONS);
  for (const { id, severity, message } of diagnostics) if (severity === "error") process.stdout.write(`${id}: ${message}\n`);
}
