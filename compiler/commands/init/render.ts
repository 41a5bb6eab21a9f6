import Handlebars from "handlebars";

/**
 * Fills a template for text that people go on to edit; what machines read is serialised instead. A name without a value
 * is an error.
 */
export function render(template: string, values: object): string {
  const handlebars = Handlebars.create();
  // A JSON string is a TypeScript one as well: no value becomes structure.
  handlebars.registerHelper("json", (value: unknown) => JSON.stringify(value));
  return handlebars.compile<object>(template, { noEscape: true, strict: true })(values);
}
