// Starts the desk. `cargo xtask build` fills in the names of the files, which have their contents' hashes in them.
const wasm = new URL(__WASM__, import.meta.url);
const { default: start } = await import(__MODULE__);
try {
  await start({ module_or_path: wasm });
} catch {
  const words = document.createElement("p");
  words.className = "before";
  words.textContent = "The desk did not load. Reload the page; if that does not help, your browser may refuse WebAssembly.";
  document.body.append(words);
}
