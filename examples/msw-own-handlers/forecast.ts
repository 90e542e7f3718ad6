import type { AnthropicAws } from "@anthropic-ai/aws-sdk";

/** Fetches a forecast from a service of one's own, and has Claude say it in a sentence. */
export async function sayForecast(client: AnthropicAws, city: string): Promise<string> {
  const response = await fetch(`https://weather.example.com/v1/${encodeURIComponent(city)}`);
  const { forecast } = (await response.json()) as { forecast: string };
  const message = await client.messages.create({
    model: "claude-sonnet-4-6",
    max_tokens: 256,
    messages: [{ role: "user", content: `Say in a sentence: ${city}, ${forecast}` }],
  });
  return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
}
