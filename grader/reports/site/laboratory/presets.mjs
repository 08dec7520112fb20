// Cases to look at first, most of them from the course's sources.

const PLUS = [
  [0, 0, 1, 0, 0],
  [0, 0, 1, 0, 0],
  [1, 1, 1, 1, 1],
  [0, 0, 1, 0, 0],
  [0, 0, 1, 0, 0],
];

/** The weights of the notebook's two layers in torch after `torch.manual_seed(42)`, in four digits. */
const LEARNED = [0.4414, 0.4792, -0.1353];
const LEARNED_2D = [
  [0.3062, -0.073, 0.0673],
  [-0.1623, 0.1958, 0.2938],
  [-0.2445, 0.2897, 0.0624],
];

export const PRESETS = {
  "1d": [
    ["Edge detector", { x: [3, 7, 2, 8, 4], h: [1, 0, -1] }],
    ["Second difference", { x: [1, 4, 6, 4, 1, 0, 2], h: [1, -2, 1] }],
    ["The layer of the notebook", { x: [1, 3, 2, 1, 0, -1], h: LEARNED }],
    ["Low-pass on a ring", { x: [4, 8, 5, 6, 1, 2, -3, 1], h: [0.25, 0.5, 0.25], op: "conv", mode: "circular" }],
    ["A ring of five", { x: [1, 2, 3, 4, 5], h: [1, 0, 2], op: "conv", mode: "circular" }],
    ["The tail folds back", { x: [1, 2, 3, 4, 5], h: [1, 0, 2], op: "conv", mode: "full", fft: 5 }],
    ["Echoes of a stone", { x: [2, 0, 1, -1], h: [1, 2, 3], op: "conv", mode: "full" }],
    ["Two polynomials", { x: [3, 4, 5], h: [1, 2], op: "conv", mode: "full" }],
    ["Stride 2, padding 1", { x: [1, 2, 3, 4, 5, 6, 7], h: [1, 2, 3], stride: 2, padding: 1 }],
    ["Dilated taps", { x: [1, 4, 6, 4, 1, 0, 2, 5, 3], h: [1, -2, 1], dilation: 2 }],
  ],
  "2d": [
    ["A plus sign finds itself", { image: PLUS }],
    ["Vertical edges of the plus", { image: PLUS, kernel: [[1, 0, -1], [2, 0, -2], [1, 0, -1]] }],
    ["The layer of the notebook", { image: PLUS, kernel: LEARNED_2D }],
    ["Nine weights, every overlap", { image: [[1, 2], [3, 4]], kernel: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], op2: "conv", mode2: "full" }],
    ["On a torus", { image: PLUS, kernel: [[1, 2], [3, 4]], op2: "conv", mode2: "circular" }],
    ["Stride 2, padding 1", { image: PLUS, stride2: [2, 2], padding2: [1, 1] }],
    ["6400 entries, 9 weights", { image: blob(10), kernel: [[0, 1, 0], [1, -4, 1], [0, 1, 0]] }],
  ],
  cost: [
    ["A layer of a network", { n: 1000, k: 3 }],
    ["Where the FFT begins to pay", { n: 1000, k: 144 }],
    ["A second of reverberation", { n: 48000, k: 48000 }],
  ],
};

function blob(side) {
  const middle = (side - 1) / 2;
  const inside = (r, c) => (Math.hypot(r - middle, c - middle) < side / 3 ? 1 : 0);
  return Array.from({ length: side }, (_, r) => Array.from({ length: side }, (_, c) => inside(r, c)));
}
