/** The files of a drop, those in dropped folders among them. */
export async function droppedFiles({ items }: DataTransfer): Promise<readonly File[]> {
  // Entries have to be taken before the event ends.
  const entries = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const files = await Promise.all(entries.map(async (entry) => (entry instanceof File ? [entry] : filesBelow(entry))));
  return files.flat();
}

async function filesBelow(entry: FileSystemEntry | null): Promise<readonly File[]> {
  if (entry === null) return [];
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    // Hands out a hundred at a time, none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(filesBelow))).flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
