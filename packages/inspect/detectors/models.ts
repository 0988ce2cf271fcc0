// Providers of models and their neighbours: the credentials that pass a gateway to models most often.
import { entropy } from '../checks/entropy.ts';
import type { Detector } from '../detector.ts';
import { contextual, sample, token } from './row.ts';

export const models: readonly Detector[] = [
  token({
    id: 'openai-api-key',
    about: 'Project, service account, admin or user key of OpenAI; older ones carry T3BlbkFJ in the middle.',
    source: 'https://platform.openai.com/docs/api-reference/authentication',
    patterns: [
      '\\bsk-(?:proj|svcacct|admin|service|None)-[A-Za-z0-9_-]{20,}',
      '\\bsk-[A-Za-z0-9_-]{16,74}T3BlbkFJ[A-Za-z0-9_-]{16,}',
      '\\bsess-[A-Za-z0-9]{40}\\b',
    ],
    samples: [
      `sk-proj-${sample('base64url', 74)}T3BlbkFJ${sample('base64url', 74)}`,
      `sk-svcacct-${sample('base64url', 58)}T3BlbkFJ${sample('base64url', 58)}`,
      `sk-${sample('base62', 20)}T3BlbkFJ${sample('base62', 20)}`,
    ],
    negative: ['task-proj-management-for-the-whole-team', 'sk-proj-id'],
  }),
  token({
    id: 'anthropic-api-key',
    about: 'API, admin or OAuth key of Anthropic: sk-ant-, the kind, and a long body.',
    source: 'https://docs.anthropic.com/en/api/getting-started',
    patterns: ['sk-ant-[A-Za-z0-9_-]{20,}'],
    samples: [
      `sk-ant-api03-${sample('base64url', 93)}AA`,
      `sk-ant-admin01-${sample('base64url', 93)}AA`,
      `sk-ant-oat01-${sample('base64url', 93)}AA`,
    ],
  }),
  token({
    id: 'openrouter-api-key',
    about: 'OpenRouter key: sk-or-v1- and its body, as a rule 64 hexadecimal digits.',
    patterns: ['sk-or-(?:v[0-9]{1,3}-)?[0-9A-Za-z_-]{18,}'],
    samples: [`sk-or-v1-${sample('hex', 64)}`],
  }),
  token({
    id: 'model-api-key',
    about:
      'Key of the sk- form that DeepSeek, Moonshot, proxies and many others use; must mix letters and digits.',
    patterns: [
      '\\bsk-[A-Za-z0-9]{20,}\\b',
      '\\bsk-[a-z]{2,8}-[A-Za-z0-9]{24,}\\b',
      '\\bsk-[A-Za-z0-9_-]{40,64}',
    ],
    check: ({ text }) =>
      /\d/.test(text) && /[A-Za-z].*\d.*[A-Za-z]|\d.*[A-Za-z].*\d/.test(text.slice(3)) && entropy(text) > 3.3
        ? 0.85
        : false,
    samples: [`sk-${sample('hex', 32)}`, `sk-${sample('base62', 48)}`],
    negative: ['sk-internationalizationofthings', 'desk-abcdef1234567890abcdef1234567890'],
  }),
  token({
    id: 'huggingface-token',
    about: 'User or organisation token of Hugging Face: hf_ or api_org_ and 34 letters.',
    source: 'https://huggingface.co/docs/hub/security-tokens',
    patterns: ['\\bhf_[A-Za-z0-9]{30,40}\\b', '\\bapi_org_[A-Za-z0-9]{30,40}\\b'],
    check: ({ text }) => (/[A-Z]/.test(text) && /[a-z]/.test(text.slice(3)) ? 0.95 : false),
    samples: [`hf_${sample('letters', 34)}`, `api_org_${sample('letters', 34)}`],
    negative: ['hf_transfer_enable_download_progress_bar'],
  }),
  token({
    id: 'groq-api-key',
    about: 'Groq key: gsk_ and 52 characters.',
    patterns: ['\\bgsk_[A-Za-z0-9]{40,}\\b'],
    samples: [`gsk_${sample('base62', 52)}`],
  }),
  token({
    id: 'replicate-api-token',
    about: 'Replicate token: r8_ and 37 characters.',
    patterns: ['\\br8_[A-Za-z0-9]{37}\\b'],
    samples: [`r8_${sample('base62', 37)}`],
  }),
  token({
    id: 'perplexity-api-key',
    about: 'Perplexity key: pplx- and 48 characters.',
    patterns: ['\\bpplx-[A-Za-z0-9]{40,}\\b'],
    samples: [`pplx-${sample('base62', 48)}`],
  }),
  token({
    id: 'xai-api-key',
    about: 'xAI key: xai- and 80 characters.',
    patterns: ['\\bxai-[A-Za-z0-9_-]{60,}'],
    samples: [`xai-${sample('base62', 80)}`],
  }),
  token({
    id: 'nvidia-api-key',
    about: 'NVIDIA NIM and NGC key: nvapi- and 64 characters.',
    patterns: ['nvapi-[A-Za-z0-9_-]{50,}'],
    samples: [`nvapi-${sample('base64url', 64)}`],
  }),
  token({
    id: 'together-api-key',
    about: 'Together key: tgp_v1_ and 43 characters.',
    patterns: ['tgp_v1_[A-Za-z0-9_-]{40,}'],
    samples: [`tgp_v1_${sample('base64url', 43)}`],
  }),
  token({
    id: 'fireworks-api-key',
    about: 'Fireworks key: fw_ and 22 or more characters with capitals and digits.',
    patterns: ['\\bfw_[A-Za-z0-9]{20,32}\\b'],
    check: ({ text }) => (/\d/.test(text) && /[A-Z]/.test(text) ? 0.85 : false),
    samples: [`fw_${sample('base62', 24)}`],
  }),
  token({
    id: 'langchain-api-key',
    about: 'LangSmith key: lsv2_ with its kind, 32 and 10 hexadecimal digits.',
    patterns: ['lsv2_(?:pt|sk)_[0-9a-fA-F]{32}_[0-9a-fA-F]{10}', '\\bls__[0-9a-f]{32}\\b'],
    samples: [`lsv2_pt_${sample('hex', 32)}_${sample('hex', 10)}`],
  }),
  contextual({
    id: 'cohere-api-key',
    about: 'Cohere key: 40 characters near its name.',
    shape: '[A-Za-z0-9]{40}',
    near: /cohere|\bco_api/i,
    setting: 'COHERE_API_KEY',
    samples: [sample('base62', 40, 'cohere')],
  }),
  contextual({
    id: 'mistral-api-key',
    about: 'Mistral key: 32 characters near its name.',
    shape: '[A-Za-z0-9]{32}',
    near: /mistral|codestral/i,
    setting: 'MISTRAL_API_KEY',
    samples: [sample('base62', 32, 'mistral')],
  }),
];
