import { parseSync, type Statement } from "oxc-parser";

/**
 * The type declarations and type imports of a TypeScript file, each with its doc comment. What runs is left out; of a
 * constant remains that it is a table with texts for keys, since a type may be made of its keys.
 */
export function typesOnly(source: string, file: string): string {
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return program.body
    .flatMap((statement) => {
      if (!isOfTypes(statement))
        return constantsOf(statement).map((name) => `export declare const ${name}: { [key: string]: any };`);
      const { start, end } = statement;
      const doc = comments.find((comment) => comment.end <= start && source.slice(comment.end, start).trim() === "");
      return source.slice(doc?.start ?? start, end);
    })
    .join("\n");
}

function isOfTypes(statement: Statement): boolean {
  switch (statement.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return true;
    case "ImportDeclaration":
      return statement.importKind === "type";
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return statement.exportKind === "type";
    default:
      return false;
  }
}

/** The names of the constants that a statement declares. */
function constantsOf(statement: Statement): string[] {
  if (statement.type === "ExportNamedDeclaration")
    return statement.declaration === null ? [] : constantsOf(statement.declaration as Statement);
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
}
