/** A WebAssembly module as base64, compiled from AssemblyScript. */
declare module '*?assemblyscript' {
  const base64: string;
  export default base64;
}

/** The same for a memory that threads share. */
declare module '*?assemblyscript-shared' {
  const base64: string;
  export default base64;
}

/** Both with relaxed SIMD. */
declare module '*?assemblyscript-relaxed' {
  const base64: string;
  export default base64;
}
declare module '*?assemblyscript-relaxed-shared' {
  const base64: string;
  export default base64;
}
