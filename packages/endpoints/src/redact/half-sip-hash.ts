const ROTATIONS = 32;
const BLOCK_BYTES = 4;
/** As the authors recommend: two rounds a block, four at the end. */
const BLOCK_ROUNDS = 2;
const LAST_ROUNDS = 4;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (ROTATIONS - bits));

/** The four words of the state. */
type State = [v0: number, v1: number, v2: number, v3: number];

function mix(state: State, rounds: number): void {
  let [v0, v1, v2, v3] = state;
  for (let round = 0; round < rounds; round++) {
    v0 = (v0 + v1) | 0;
    v1 = rotate(v1, 5) ^ v0;
    v0 = rotate(v0, 16);
    v2 = (v2 + v3) | 0;
    v3 = rotate(v3, 8) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = rotate(v3, 7) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = rotate(v1, 13) ^ v2;
    v2 = rotate(v2, 16);
  }
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}

/**
 * A short hash that nobody can compute without the key, and that needs no module of any runtime: HalfSipHash-2-4.
 *
 * @param key Two words of 32 bits.
 * @param bytes What is hashed.
 * @returns 32 bits, not negative.
 * @see {@link https://github.com/veorq/SipHash | SipHash, with HalfSipHash and its test vectors}
 */
export function halfSipHash([k0 = 0, k1 = 0]: Uint32Array, bytes: Uint8Array): number {
  const state: State = [k0, k1, 0x6c796765 ^ k0, 0x74656462 ^ k1];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  const absorb = (word: number): void => {
    state[3] ^= word;
    mix(state, BLOCK_ROUNDS);
    state[0] ^= word;
  };
  for (let at = 0; at < whole; at += BLOCK_BYTES) absorb(view.getUint32(at, true));
  let last = bytes.length << 24;
  for (let at = whole; at < bytes.length; at++) last |= (bytes[at] ?? 0) << (8 * (at - whole));
  absorb(last);
  state[2] ^= 0xff;
  mix(state, LAST_ROUNDS);
  return (state[1] ^ state[3]) >>> 0;
}
