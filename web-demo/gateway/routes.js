/**
 * The HTTP side: publish with curl, start a waiting feed, list the bills, see health and figures.
 * Answers are JSON; an error is `{"error": "…"}`, one sentence.
 */

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { PublishError } from './published.js';

/**
 * @typedef {object} RouteServices
 * @property {import('./admission.js').Admission} admission
 * @property {import('./counters.js').Counters} counters
 * @property {number} maximumMessageBytes
 * @property {(body: unknown) => { published: number, deliveredTo: number }} publish
 * @property {() => string} startFeed Answers with the feed's state.
 * @property {() => Record<string, unknown>} stats
 * @property {() => Record<string, unknown>} health
 * @property {() => Record<string, unknown>} bills
 */

const ROUTES =
  'POST /publish, POST /feed/start, GET /bills, GET /health, GET /stats, and the WebSocket at /ws';

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
      allowHeaders: ['content-type', 'authorization'],
    }),
  );
  app.on('POST', ['/publish', '/feed/start'], async (context, next) => {
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
    const text = await context.req.text();
    /** @type {unknown} */
    let body;
    try {
      body = JSON.parse(text);
    } catch (error) {
      return context.json(
        { error: `body is not JSON: ${/** @type {Error} */ (error).message}` },
        400,
      );
    }
    try {
      return context.json(services.publish(body));
    } catch (error) {
      if (error instanceof PublishError) return context.json({ error: error.message }, 400);
      throw error;
    }
  });
  app.post('/feed/start', (context) => context.json({ state: services.startFeed() }));
  app.get('/bills', (context) => context.json(services.bills()));
  app.get('/health', (context) => context.json(services.health()));
  app.get('/stats', (context) => context.json(services.stats()));
  app.notFound((context) =>
    context.json({ error: `there is nothing here; allowed: ${ROUTES}` }, 404),
  );
  return app;
}
