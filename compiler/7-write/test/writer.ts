/**
 * A run in a process of its own, to be killed: `node writer.mjs ROOT A|B [ROUNDS]`. Says "ready" on a line, then writes
 * the tree of that name; with rounds it goes to and fro between the two until the rounds are over, or one ends with an
 * error.
 */
import { writeTree } from "./trees.ts";

const [root = "", name = "", rounds = "1"] = process.argv.slice(2);
process.stdout.write("ready\n");
let turn = name === "A" ? 0 : 1;
for (let round = 0; round < Number(rounds); round++, turn++) {
  const { diagnostics } = writeTree(root, turn % 2 === 0 ? "A" : "B");
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const { id, message } of errors) process.stdout.write(`${id}: ${message}\n`);
  if (errors.length > 0) break;
}
