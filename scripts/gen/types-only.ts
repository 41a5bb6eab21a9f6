import { parseSync } from "oxc-parser";

/** The type declarations and type imports of a TypeScript file, each with its doc comment. What runs is left out. */
export function typesOnly(source: string, file: string): string {
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return program.body
    .filter((statement) => {
      switch (statement.type) {
        case "TSInterfaceDeclaration":
        case "TSTypeAliasDeclaration":
          return true;
        case "ImportDeclaration":
          return statement.importKind === "type";
        case "ExportAllDeclaration":
          return statement.exportKind === "type";
        case "ExportNamedDeclaration":
          return statement.exportKind === "type";
        default:
          return false;
      }
    })
    .map(({ start, end }) => {
      const doc = comments.find((comment) => comment.end <= start && source.slice(comment.end, start).trim() === "");
      return source.slice(doc?.start ?? start, end);
    })
    .join("\n");
}
