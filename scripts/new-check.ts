/** `npm run new:check GROUP/RULE`: a check and its doc page, whose examples are its test. */
import { fill, refuse, write } from "./scaffold.ts";

const [id = ""] = process.argv.slice(2);
if (!/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(id))
  refuse("usage: npm run new:check GROUP/RULE, with an id like rollouts/weights-increase");

write(
  fill("check", { id }, (file) => `compiler/4-check/${id}${file.slice("rule".length)}`),
  ["check-registry", "check-docs"],
);
console.log("\nnext: write the rule and its examples, then npm test compiler/4-check");
