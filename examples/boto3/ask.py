import boto3

client = boto3.client("bedrock-runtime")

response = client.converse(
    modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    messages=[{"role": "user", "content": [{"text": "Good morning"}]}],
)
print(response["output"]["message"]["content"][0]["text"])

for event in client.converse_stream(
    modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    messages=[{"role": "user", "content": [{"text": "And good night"}]}],
)["stream"]:
    print(event.get("contentBlockDelta", {}).get("delta", {}).get("text", ""), end="")
print()
