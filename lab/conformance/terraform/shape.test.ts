import { suite } from "uvu";
import * as assert from "uvu/assert";
import { shapeOf } from "./shape.ts";

const test = suite("lab: shapes of Terraform roots");

const call = (name: string, pools: readonly string[], more = ""): string => `# Generated

module "${name}" {
  source = "../../../../terraform-modules/gcp/gke"

  name       = "${name}"
  node_pools = {
${pools.map((pool) => `    ${pool} = {\n      machine_type = "e2"\n      min          = 3\n    }`).join("\n")}
  }
  subnet_id = module.${name}.subnet_id
  zones     = ["a", "b"]
${more}}
`;
const shape = (text: string): string => shapeOf({ cloud: "gcp", files: new Map([["main.tf", text]]) });
const one = shape(call("one", ["general"]));

for (const [title, text] of [
  ["another name", call("two", ["general"])],
  ["another key of a map", call("one", ["batch"])],
  ["an entry more that is like another", call("one", ["general", '"a.b/c"'])],
  [
    "other literals",
    call("one", ["general"]).replace('"e2"', '"n2"').replace("3", "12").replace('["a", "b"]', '["c"]'),
  ],
] as const)
  test(`the same with ${title}`, () => assert.is(shape(text), one));

for (const [title, text] of [
  ["an argument more", call("one", ["general"], '  location = "here"\n')],
  ["an argument less", call("one", ["general"]).replace(/ +zones.*\n/, "")],
  ["another field of an entry", call("one", ["general"]).replace("min  ", "spot ")],
  ["another module", call("one", ["general"]).replace("module ", "resource ")],
  ["a reference instead of a literal", call("one", ["general"]).replace('= "one"', "= module.one.name")],
] as const)
  test(`another with ${title}`, () => assert.is.not(shape(text), one));

test.run();
