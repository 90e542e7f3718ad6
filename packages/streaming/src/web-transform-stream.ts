/**
 * What the streams of this package extend. A bundler cannot know that naming a global does nothing, and would keep every
 * class that extends it, and all that this uses.
 */
export const WebTransformStream: typeof TransformStream = /* @__PURE__ */ (() => TransformStream)();
