// Payments and shops: Stripe, Square, PayPal, Braintree, Shopify.
import type { Detector } from '../detector.ts';
import { contextual, sample, token } from './row.ts';

export const money: readonly Detector[] = [
  token({
    id: 'stripe-secret-key',
    about: 'Secret or restricted key of Stripe, live or test; publishable keys are public and not found.',
    source: 'https://docs.stripe.com/keys',
    patterns: ['\\b[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}'],
    check: ({ text }) => (/\d|[a-z][A-Z]/.test(text) ? 0.95 : false),
    samples: [
      `sk_live_${sample('base62', 24)}`,
      `rk_live_${sample('base62', 99)}`,
      `sk_test_${sample('base62', 24)}`,
    ],
    negative: [`pk_live_${sample('base62', 24)}`, 'sk_test_somethingelse'],
  }),
  token({
    id: 'stripe-webhook-secret',
    about: 'Signing secret of a Stripe webhook: whsec_ and 32 or more characters.',
    patterns: ['\\bwhsec_[A-Za-z0-9+/]{32,}={0,2}'],
    samples: [`whsec_${sample('base62', 32)}`],
  }),
  token({
    id: 'square-token',
    about: 'Access token or application secret of Square.',
    source: 'https://developer.squareup.com/docs/build-basics/access-tokens',
    patterns: ['\\bsq0(?:atp|csp|id[a-z])-[A-Za-z0-9_-]{22,43}', '\\bEAAA[A-Za-z0-9+/=_-]{22,60}'],
    samples: [
      `sq0atp-${sample('base64url', 22)}`,
      `sq0csp-${sample('base64url', 43)}`,
      `EAAA${sample('base62', 60)}`,
    ],
  }),
  token({
    id: 'braintree-access-token',
    about: 'Access token of Braintree, production or sandbox.',
    patterns: ['access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}'],
    samples: [`access_token$production$${sample('lower', 16)}$${sample('hex', 32)}`],
  }),
  contextual({
    id: 'paypal-client-secret',
    about: 'Client secret of PayPal: E and 79 characters near its name.',
    shape: 'E[A-Za-z0-9_-]{79}',
    names: 'paypal',
    near: /paypal/i,
    setting: 'PAYPAL_CLIENT_SECRET',
    samples: [`E${sample('base62', 79)}`],
  }),
  token({
    id: 'shopify-token',
    about: 'Access token or shared secret of a Shopify app: shp, the kind, and 32 hexadecimal digits.',
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization',
    patterns: ['\\bshp(?:at|ca|pa|ss|ua|tka|cna)_[0-9a-fA-F]{32}\\b'],
    samples: [`shpat_${sample('hex', 32)}`, `shpss_${sample('hex', 32)}`],
  }),
];
