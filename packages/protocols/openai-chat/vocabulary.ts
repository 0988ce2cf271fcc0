// The words of OpenAI's chat completions, completions, embeddings and models, from the published API reference.
// https://platform.openai.com/docs/api-reference
import { Vocabulary } from '../shared/vocabulary.ts';

const ID =
  /^(?:chatcmpl|cmpl|call|toolu|fc|req|msg|ann|file|audio|modr|gen)[-_](?:[A-Za-z0-9]{8,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const words = new Vocabulary({
  keys: `
    messages content name tool_calls tool_call_id function function_call functions arguments text
    refusal image_url url detail input_audio data format file file_data file_id filename model stream
    stream_options include_usage include_obfuscation temperature top_p n stop max_tokens
    max_completion_tokens presence_penalty frequency_penalty logit_bias logprobs top_logprobs user
    safety_identifier seed tools tool_choice parallel_tool_calls response_format json_schema schema
    strict description parameters properties required items enum $defs $ref additionalProperties anyOf
    allOf oneOf title default const pattern minimum maximum minLength maxLength minItems maxItems
    $schema definitions custom grammar definition input metadata store modalities audio voice prediction
    prompt_cache_key prompt_cache_retention web_search_options user_location approximate city country
    region timezone allowed_tools prompt suffix echo best_of dimensions instructions
    previous_response_id choices delta message annotations url_citation transcript reasoning_content
    reasoning reasoning_details token bytes logprob tokens token_logprobs text_offset usage embedding
    completion_tokens_details prompt_tokens_details error code param owned_by permission moderation
    content_filter_results prompt_filter_results filtered hate self_harm sexual violence jailbreak
    provider native_finish_reason timings x_groq stop_reason root parent deleted filters file_url
    server_url audio_url video_url webhook_url
  `,
  values: {
    role: 'system developer user assistant tool function',
    type: `
      text image_url input_audio file refusal function custom json_schema json_object content
      url_citation allowed_tools grammar approximate object string number integer boolean array null
      invalid_request_error server_error rate_limit_error authentication_error permission_error
      not_found_error insufficient_quota requests tokens api_error
    `,
    object: `
      chat.completion chat.completion.chunk text_completion list embedding model model_permission
      chat.completion.deleted
    `,
    finish_reason: 'stop length tool_calls content_filter function_call',
    severity: 'safe low medium high',
    service_tier: 'auto default flex scale priority fast',
    tool_choice: 'none auto required',
    mode: 'auto required explicit',
    reasoning_effort: 'none minimal low medium high xhigh',
    verbosity: 'low medium high',
    detail: 'auto low high original',
    encoding_format: 'float base64',
    modalities: 'text audio',
    search_context_size: 'low medium high',
    syntax: 'lark regex',
  },
  shapes: {
    id: ID,
    tool_call_id: ID,
    request_id: ID,
    system_fingerprint: /^fp_[0-9a-f]{8,16}$/,
    // Padding against observers of sizes. Shorter than any credential; anything else under this name is read.
    obfuscation: /^[A-Za-z0-9]{1,16}$/,
  },
  numbers: `
    created expires_at index prompt_tokens completion_tokens total_tokens cached_tokens audio_tokens
    text_tokens image_tokens reasoning_tokens accepted_prediction_tokens rejected_prediction_tokens
    cache_write_tokens start_index end_index logprob token_logprobs text_offset bytes embedding
    queue_time prompt_time completion_time total_time
  `,
  sealed: 'encrypted_content signature data',
});
