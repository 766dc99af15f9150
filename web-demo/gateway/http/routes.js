/**
 * The HTTP side: publish with curl, start a waiting feed or change its rate, list the bills, see health,
 * figures, and what was published.
 * Answers are JSON; an error is `{"error": "…"}`, one sentence.
 */

import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { BusUnavailable } from '../bus/unavailable.js';
import { describe, isObject, readField } from '../events/fields.js';
import { PublishError } from '../events/published.js';

/**
 * @typedef {object} RouteServices
 * @property {import('../access/admission.js').Admission} admission
 * @property {import('../stats/counters.js').Counters} counters
 * @property {number} maximumMessageBytes
 * @property {(body: unknown, workId: string | null) => Promise<{ published: number, deliveredTo: number }>} publish
 *   Settles when it is stored.
 * @property {() => string | null} outage Why nothing can be served now.
 * @property {() => string} startFeed Answers with the feed's state.
 * @property {(updatesPerSecond: number) => boolean} setRate False when the feed has a pace of its own.
 * @property {() => Record<string, unknown>} stats
 * @property {() => Record<string, unknown>} health
 * @property {() => Record<string, unknown>} bills
 * @property {(topic?: string) => Record<string, unknown>} log
 */

const HIGHEST_RATE = 50_000;
const ROUTES =
  'POST /publish, POST /feed/start, POST /rate, GET /bills, GET /health, GET /log, GET /stats, and the WebSocket at /ws';

/**
 * @param {RouteServices} services
 * @returns {Hono}
 */
export function createRoutes(services) {
  const { admission, counters, maximumMessageBytes } = services;
  const app = new Hono();

  app.use('*', async (context, next) => {
    const origin = context.req.header('origin');
    if (admission.allowsOrigin(origin)) return next();
    counters.refusedOrigins += 1;
    return context.json(
      { error: 'this origin is not allowed; --allow-origin names those that are' },
      403,
    );
  });
  app.use(
    '*',
    cors({
      origin: (origin) => (admission.allowsOrigin(origin) ? origin : null),
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['content-type', 'authorization', 'idempotency-key'],
    }),
  );
  app.on(['GET', 'POST'], ['/publish', '/feed/start', '/rate', '/log'], async (context, next) => {
    const token = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (admission.acceptsToken(token)) return next();
    counters.refusedTokens += 1;
    return context.json(
      { error: 'a token is required; allowed: header "authorization: Bearer TOKEN"' },
      401,
    );
  });

  const limit = bodyLimit({
    maxSize: maximumMessageBytes,
    onError: (context) =>
      context.json(
        { error: `body is too large; allowed: at most ${maximumMessageBytes} bytes` },
        413,
      ),
  });
  app.post('/publish', limit, async (context) => {
    try {
      const workId = readIdempotencyKey(context.req.header('idempotency-key'));
      return context.json(await services.publish(parse(await context.req.text()), workId));
    } catch (error) {
      if (error instanceof PublishError) return context.json({ error: error.message }, 400);
      if (error instanceof BusUnavailable) {
        context.header('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
        return context.json({ error: error.message }, 503);
      }
      throw error;
    }
  });
  app.post('/rate', limit, async (context) => {
    if (!isLoopback(getConnInfo(context).remote.address))
      return context.json({ error: 'the rate is changed from this machine only' }, 403);
    try {
      const rate = readRate(parse(await context.req.text()));
      if (services.setRate(rate)) return context.json({ updates_per_second: rate });
    } catch (error) {
      if (error instanceof PublishError) return context.json({ error: error.message }, 400);
      throw error;
    }
    return context.json(
      { error: 'this feed has a pace of its own; allowed: with --feed synthetic only' },
      409,
    );
  });
  // It holds what single users were told, so it is not for everybody who can reach the gateway.
  app.get('/log', (context) =>
    isLoopback(getConnInfo(context).remote.address)
      ? context.json(services.log(context.req.query('topic')))
      : context.json({ error: 'the log is shown to this machine only' }, 403),
  );
  app.post('/feed/start', (context) => context.json({ state: services.startFeed() }));
  app.get('/bills', (context) => context.json(services.bills()));
  app.get('/health', (context) =>
    context.json(services.health(), services.outage() === null ? 200 : 503),
  );
  app.get('/stats', (context) => context.json(services.stats()));
  app.notFound((context) =>
    context.json({ error: `there is nothing here; allowed: ${ROUTES}` }, 404),
  );
  return app;
}

/**
 * @param {string | undefined} key
 * @returns {string | null}
 */
function readIdempotencyKey(key) {
  if (key === undefined) return null;
  if (/^[\x21-\x7e]{1,128}$/.test(key)) return `publish/${key}`;
  throw new PublishError(
    `idempotency-key is ${describe(key)}; allowed: 1 to 128 visible characters without spaces`,
  );
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PublishError(`body is not JSON: ${/** @type {Error} */ (error).message}`);
  }
}

/**
 * @param {unknown} body
 * @returns {number}
 */
function readRate(body) {
  if (!isObject(body))
    throw new PublishError(`body is ${describe(body)}; allowed: {"updates_per_second": number}`);
  const rate = readField(body, 'updates_per_second');
  if (typeof rate === 'number' && rate >= 1 && rate <= HIGHEST_RATE) return rate;
  throw new PublishError(
    `updates_per_second is ${describe(rate)}; allowed: a number from 1 to ${HIGHEST_RATE}`,
  );
}

/** @param {string | undefined} address */
function isLoopback(address) {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}
