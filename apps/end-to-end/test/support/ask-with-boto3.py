"""Asks Amazon Bedrock in each way that boto3 has, or in those that are named, as its environment says, and prints what came
of each as one JSON object."""

import json
import sys

import boto3
from botocore.config import Config

MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
config = Config(retries={"total_max_attempts": 1})
client = boto3.client("bedrock-runtime", config=config)


def body(text):
    messages = [{"role": "user", "content": text}]
    return json.dumps({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 64, "messages": messages})


def messages(text):
    return [{"role": "user", "content": [{"text": text}]}]


def converse():
    answer = client.converse(modelId=MODEL, messages=messages("Hello, wörld"))
    return answer["output"]["message"]["content"][0]["text"]


def converse_stream():
    text = ""
    for event in client.converse_stream(modelId=MODEL, messages=messages("Hello, wörld"))["stream"]:
        text += event.get("contentBlockDelta", {}).get("delta", {}).get("text", "")
    return text


def invoke_model():
    answer = client.invoke_model(modelId=MODEL, body=body("Hello, wörld"))
    return json.loads(answer["body"].read())["content"][0]["text"]


def invoke_model_with_response_stream():
    types = []
    for event in client.invoke_model_with_response_stream(modelId=MODEL, body=body("Hello"))["body"]:
        types.append(json.loads(event["chunk"]["bytes"])["type"])
    return [types[0], types[-1]]


def count_tokens():
    model = MODEL.removeprefix("us.")
    return client.count_tokens(modelId=model, input={"invokeModel": {"body": body("Hello")}})["inputTokens"] > 0


def list_inference_profiles():
    found = boto3.client("bedrock", config=config).list_inference_profiles(typeEquals="SYSTEM_DEFINED")
    return MODEL in [profile["inferenceProfileId"] for profile in found["inferenceProfileSummaries"]]


def throttled():
    return client.converse(modelId=MODEL, messages=messages("throttle"))


def cut():
    for _ in client.invoke_model_with_response_stream(modelId=MODEL, body=body("cut"))["body"]:
        pass


asked = {}
for ask in (
    converse,
    converse_stream,
    invoke_model,
    invoke_model_with_response_stream,
    count_tokens,
    list_inference_profiles,
    throttled,
    cut,
):
    if len(sys.argv) > 1 and ask.__name__ not in sys.argv:
        continue
    try:
        asked[ask.__name__] = ask()
    except Exception as error:
        asked[ask.__name__] = {"error": type(error).__name__, "message": str(error)}
print(json.dumps(asked))
