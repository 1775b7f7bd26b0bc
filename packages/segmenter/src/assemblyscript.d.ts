/** A WebAssembly module as base64, compiled from AssemblyScript. */
declare module '*?assemblyscript' {
  const base64: string;
  export default base64;
}
