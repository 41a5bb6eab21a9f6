/**
 * `npm run new:target NAME`: a folder in compiler/targets/ with a target that already works; docs/adding-a-target.md
 * goes on from there.
 */
import { fill, refuse, write } from "./scaffold.ts";

const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
  refuse("usage: npm run new:target NAME, with a name like argo-rollouts");

write(
  fill("target", { name }, (file) => `compiler/targets/${name}/${file}`),
  ["target-registry", "validators", "config-docs", "check-docs"],
);
console.log(`\nnext: npm test compiler/targets/${name}, then docs/adding-a-target.md`);
