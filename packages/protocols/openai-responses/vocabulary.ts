// The words of OpenAI's Responses API, from the published API reference. https://platform.openai.com/docs/api-reference/responses
import { Vocabulary } from '../shared/vocabulary.ts';

/** `resp_…`, `msg_…`, `fc_…` and the like: a prefix of the provider's and hexadecimal digits; ids of calls are shorter. */
const ID =
  /^(?:(?:resp|conv|msg|rs|fc|fco|ws|fs|ci|ig|cu|mcp|mcpl|mcpr|ctc|cto|lsh|sh|apc|cmp|cntr|cfile|file|item|prompt|pmpt)_[0-9a-f]{24,64}|(?:call|msg|rs|fc|resp|req)_(?:[A-Za-z0-9]{8,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))$/;

/** Types of the events of a stream, from the published reference. */
const EVENTS = `
  response.created response.queued response.in_progress response.completed response.incomplete
  response.failed response.output_item.added response.output_item.done response.content_part.added
  response.content_part.done response.output_text.delta response.output_text.done
  response.output_text.annotation.added response.refusal.delta response.refusal.done
  response.function_call_arguments.delta response.function_call_arguments.done
  response.reasoning_summary_part.added response.reasoning_summary_part.done
  response.reasoning_summary_text.delta response.reasoning_summary_text.done
  response.reasoning_text.delta response.reasoning_text.done
  response.file_search_call.in_progress response.file_search_call.searching
  response.file_search_call.completed response.web_search_call.in_progress
  response.web_search_call.searching response.web_search_call.completed
  response.image_generation_call.in_progress response.image_generation_call.generating
  response.image_generation_call.partial_image response.image_generation_call.completed
  response.code_interpreter_call.in_progress response.code_interpreter_call.interpreting
  response.code_interpreter_call.completed response.code_interpreter_call_code.delta
  response.code_interpreter_call_code.done response.mcp_call.in_progress response.mcp_call.completed
  response.mcp_call.failed response.mcp_call_arguments.delta response.mcp_call_arguments.done
  response.mcp_list_tools.in_progress response.mcp_list_tools.completed
  response.mcp_list_tools.failed response.custom_tool_call_input.delta
  response.custom_tool_call_input.done
`;

export const EVENT_TYPES: ReadonlySet<string> = new Set(['error', ...EVENTS.trim().split(/\s+/)]);

export const words = new Vocabulary({
  keys: `
    model input instructions stream stream_options include_obfuscation temperature top_p top_logprobs
    max_output_tokens max_tool_calls parallel_tool_calls previous_response_id conversation prompt
    variables version store background metadata tools tool_choice text format verbosity reasoning summary
    generate_summary truncation user safety_identifier prompt_cache_key prompt_cache_retention include
    context_management compact_threshold content role name description parameters properties required
    items enum $defs $ref additionalProperties anyOf allOf oneOf title default const pattern minimum
    maximum minLength maxLength minItems maxItems $schema definitions strict schema input_text input_image
    input_file input_audio image_url file_url file_data file_id filename detail data arguments output
    action queries query results sources url annotations url_citation file_citation container_id code
    outputs logs result server_label server_url server_description connector_id authorization headers
    allowed_tools require_approval always never tool_names read_only approve reason approval_request_id
    filters ranking_options score_threshold ranker max_num_results vector_store_ids user_location city
    country region timezone allowed_domains container file_ids memory_limit network_policy
    partial_images background moderation quality size output_format output_compression input_fidelity
    input_image_mask display_width display_height pending_safety_checks acknowledged_safety_checks
    keys button x y scroll_x scroll_y path command commands env working_directory timeout_ms
    max_output_length shell apply_patch operation diff grammar definition custom mode attributes score
    response item part delta refusal logprobs token bytes logprob error incomplete_details usage
    input_tokens_details output_tokens_details billing param message item_reference web_search_call
    sequence_number partial_image_b64 encrypted_content created_by stdout stderr outcome exit_code
    agent caller phase deleted has_more first_id last_id type status object
  `,
  values: {
    object: 'response list response.input_tokens response.compaction',
    role: 'user assistant system developer tool',
    status:
      'completed failed in_progress cancelled queued incomplete searching interpreting generating calling',
    type: `
      message function_call function_call_output reasoning item_reference output_text refusal input_text
      input_image input_file input_audio summary_text reasoning_text web_search_call file_search_call
      computer_call computer_call_output computer_screenshot code_interpreter_call image_generation_call
      local_shell_call local_shell_call_output shell_call shell_call_output apply_patch_call
      apply_patch_call_output mcp_call mcp_list_tools mcp_approval_request mcp_approval_response
      custom_tool_call custom_tool_call_output compaction function custom web_search web_search_preview
      file_search code_interpreter image_generation mcp computer_use_preview local_shell shell apply_patch
      text json_schema json_object url_citation file_citation container_file_citation file_path grammar
      approximate auto search open_page find_in_page object string number integer boolean array null
      logs image error invalid_request_error server_error rate_limit_error
      ${EVENTS}
    `,
    tool_choice: 'none auto required',
    truncation: 'auto disabled',
    effort: 'none minimal low medium high xhigh',
    verbosity: 'low medium high',
    summary: 'auto concise detailed',
    detail: 'auto low high original',
    service_tier: 'auto default flex scale priority fast',
    search_context_size: 'low medium high',
    syntax: 'lark regex',
    reason: 'content_filter max_output_tokens',
    include: `
      file_search_call.results web_search_call.results web_search_call.action.sources
      message.input_image.image_url computer_call_output.output.image_url
      code_interpreter_call.outputs reasoning.encrypted_content message.output_text.logprobs
    `,
    phase: 'commentary final_answer',
  },
  shapes: {
    id: ID,
    item_id: ID,
    call_id: ID,
    response_id: ID,
    // Padding against observers of sizes. Shorter than any credential; anything else under this name is read.
    obfuscation: /^[A-Za-z0-9]{1,16}$/,
  },
  numbers: `
    created_at completed_at expires_at sequence_number output_index content_index summary_index
    annotation_index partial_image_index input_tokens output_tokens total_tokens cached_tokens
    reasoning_tokens start_index end_index index logprob bytes
  `,
  sealed: 'encrypted_content result partial_image_b64',
});
