/**
 * Models: the {@link dev.holdfast.model.ChatModel} port and its adapters. An adapter knows one provider's wire format
 * and nothing of files, browsers or turns.
 *
 * <pre>
 *   Models                     chooses by the settings
 *    ├─ built-in                handed in
 *    ├─ LateModel               an Ollama is still being looked for; another model stands in
 *    └─ RetryingModel           asks again while nothing was heard
 *        └─ StreamingModel      one provider's model
 *            ├─ WireFormat       builds the request, reads the lines
 *            │   ├─ AnthropicFormat, OpenAiFormat, OllamaFormat
 *            │   ├─ Prompt        the history in the one shape that all providers take
 *            │   └─ Failures      the sentences, from a ProviderError or a broken connection
 *            └─ ProviderClient   the one HTTP client
 *                └─ StreamingCall  one call: lines, silence, cancel, exactly one end
 * </pre>
 *
 * <p>A new provider is a new {@code WireFormat} and a line in {@code Models}.
 *
 * <p>May import {@code conversation} and {@code config}.
 */
package dev.holdfast.model;
