// The words of Anthropic's Messages API, from the published reference. https://docs.anthropic.com/en/api/messages
import { Vocabulary } from '../shared/vocabulary.ts';

const ID =
  /^(?:msg|toolu|srvtoolu|mcptoolu|req|file|container|skill|cmpct)_(?:[A-Za-z0-9]{8,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const words = new Vocabulary({
  keys: `
    model messages content system max_tokens stream temperature top_p top_k stop_sequences metadata
    user_id tools tool_choice name description input_schema properties required items enum $defs $ref
    additionalProperties anyOf allOf oneOf title default const pattern minimum maximum minLength
    maxLength minItems maxItems $schema definitions strict disable_parallel_tool_use thinking
    budget_tokens display text source url context citations enabled cited_text document_title file_id
    citation input is_error caller cache_control container skills skill_id version mcp_servers
    authorization_token tool_configuration betas output_config schema context_management edits
    inference_geo allowed_domains blocked_domains user_location city region country timezone max_uses
    max_content_tokens defer_loading message delta content_block partial_json usage cache_creation
    server_tool_use error details output_tokens_details explanation category stop_details diagnostics
    previous_message_id page_age cache_miss_reason stdout stderr return_code tool_references tool_name
    retrieved_at data has_more first_id last_id display_name capabilities applied_edits compaction
    toolset_name expires_at allowed_callers command path old_str new_str file_text query limit
    iterations
  `,
  values: {
    type: `
      message text thinking redacted_thinking tool_use tool_result server_tool_use image document base64
      url file content custom auto any tool none enabled disabled adaptive ephemeral search_result
      web_search_result container_upload web_search_tool_result web_fetch_result web_fetch_tool_result
      code_execution_tool_result code_execution_result bash_code_execution_tool_result char_location
      page_location content_block_location web_search_result_location search_result_location
      message_start message_delta message_stop content_block_start content_block_delta
      content_block_stop ping error text_delta input_json_delta thinking_delta signature_delta
      citations_delta direct invalid_request_error authentication_error permission_error not_found_error
      request_too_large model rate_limit_error api_error overloaded_error timeout_error billing_error
      refusal approximate object string number integer boolean array null json_schema compaction
      compaction_delta mcp_tool_use mcp_tool_result code_execution_20250825 web_search_20250305
      web_search_tool_result_error
    `,
    role: 'user assistant system',
    stop_reason:
      'end_turn max_tokens stop_sequence tool_use pause_turn refusal model_context_window_exceeded',
    media_type: 'image/png image/jpeg image/gif image/webp application/pdf text/plain',
    service_tier: 'auto standard standard_only priority batch',
    ttl: '5m 1h',
    effort: 'low medium high xhigh max',
    speed: 'standard fast',
  },
  shapes: {
    id: ID,
    tool_use_id: ID,
    tool_id: ID,
    request_id: ID,
    created_at: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/,
  },
  numbers: `
    index input_tokens output_tokens cache_creation_input_tokens cache_read_input_tokens thinking_tokens
    ephemeral_5m_input_tokens ephemeral_1h_input_tokens web_search_requests web_fetch_requests
    document_index start_char_index end_char_index start_page_number end_page_number search_result_index
    start_block_index end_block_index
  `,
  sealed: 'signature data encrypted_content encrypted_index encrypted_stdout',
});
