// The smallest value that satisfies a JSON schema, as far as schemas of tools and structured answers go.

/** `text` stands wherever a string may be anything. Properties that are not required are left out, unless all are. */
export function instanceOf(schema: unknown, text: string, root: unknown = schema, depth = 0): unknown {
  if (!isRecord(schema) || depth > 16) return text;
  const next = (inner: unknown): unknown => instanceOf(inner, text, root, depth + 1);
  if (typeof schema.$ref === 'string') return next(resolve(root, schema.$ref));
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const options = schema[key];
    if (Array.isArray(options)) return next(options[0]);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object': {
      const properties = isRecord(schema.properties) ? schema.properties : {};
      const names = Array.isArray(schema.required) ? schema.required.map(String) : Object.keys(properties);
      return Object.fromEntries(names.map((name) => [name, next(properties[name] ?? {})]));
    }
    case 'array':
      return Array.from({ length: Math.max(Number(schema.minItems ?? 0), 1) }, () => next(schema.items));
    case 'integer':
    case 'number':
      return Number(
        schema.minimum ?? (schema.exclusiveMinimum === undefined ? 7 : Number(schema.exclusiveMinimum) + 1),
      );
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return text;
  }
}

function resolve(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce(
      (at, step) => (isRecord(at) ? at[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      root,
    );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
