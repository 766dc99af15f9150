/**
 * The user a token stands for: the issuer and subject of a JSON Web Token, so that a fresh token is the same user; else
 * the token itself. Nothing is verified: whoever could forge it could read this browser's storage anyway.
 */
export function userOf(token: string): string {
  const [, payload] = token.split('.');
  if (payload === undefined) return token;
  try {
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(base64)) as { iss?: unknown; sub?: unknown } | null;
    if (typeof claims?.sub !== 'string' || claims.sub === '') return token;
    return JSON.stringify([typeof claims.iss === 'string' ? claims.iss : '', claims.sub]);
  } catch {
    return token;
  }
}

/** What a user's records are stored under: a SHA-256 of `userOf`, in hexadecimal. */
export async function userKeyOf(user: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(user));
  const bytes = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `user ${bytes.join('')}`;
}
