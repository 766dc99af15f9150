import { readFileSync } from 'node:fs';
import { Parser, DiagnosticSeverity } from '@asyncapi/parser';
import { Ajv, type ValidateFunction } from 'ajv';

/** A message as it crosses the wire. */
export type WireMessage = Readonly<Record<string, unknown>> & { readonly type: string };

/** A message of the document, in one dialect. */
export interface DocumentedMessage {
  readonly type: string;
  readonly examples: readonly { readonly name: string; readonly payload: WireMessage }[];
  /** Members it cannot be without. */
  readonly required: readonly string[];
  /** Types of its answers; empty when there are none. */
  readonly answers: readonly string[];
  /** What is wrong with a message by the document; null when nothing is. */
  readonly faultOf: (message: unknown) => string | null;
}

export interface WireDocument {
  /** Everything the parser complains of, as sentences. */
  readonly problems: readonly string[];
  readonly fromPage: ReadonlyMap<string, DocumentedMessage>;
  readonly fromServer: ReadonlyMap<string, DocumentedMessage>;
}

const location = new URL('../../../docs/asyncapi.yaml', import.meta.url);

/** Reads `docs/asyncapi.yaml` as one dialect has it. */
export async function readWireDocument(dialect: 'v1' | 'v2'): Promise<WireDocument> {
  const { document, diagnostics } = await new Parser().parse(readFileSync(location, 'utf8'));
  const problems = diagnostics
    .filter(({ severity }) => severity <= DiagnosticSeverity.Warning)
    .map(({ message, path }) => `${path.join('.')}: ${message}`);
  const fromPage = new Map<string, DocumentedMessage>();
  const fromServer = new Map<string, DocumentedMessage>();
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const operation of document?.operations().all() ?? []) {
    if (!operation.channels().has(dialect)) continue;
    const answers = operation.reply()?.messages().all().map(typeOf) ?? [];
    for (const message of operation.messages().all()) {
      const type = typeOf(message);
      const list = operation.isReceive() ? fromPage : fromServer;
      if (list.has(type)) throw new Error(`${type} is in two operations of ${dialect}`);
      const schema = message.payload()?.json() ?? false;
      list.set(type, {
        type,
        required: (schema as { required: string[] }).required,
        answers,
        examples: message
          .examples()
          .all()
          .map((example) => ({
            name: example.name() ?? '',
            payload: example.payload() as unknown as WireMessage,
          })),
        faultOf: faultsBy(ajv, ajv.compile(schema)),
      });
    }
  }
  return { problems, fromPage, fromServer };
}

interface WithPayload {
  payload(): { json(): unknown } | undefined;
}

function typeOf(message: WithPayload): string {
  const schema = message.payload()?.json() as { properties: { type: { const: string } } };
  return schema.properties.type.const;
}

function faultsBy(ajv: Ajv, validate: ValidateFunction): (message: unknown) => string | null {
  return (message) => (validate(message) ? null : ajv.errorsText(validate.errors));
}
