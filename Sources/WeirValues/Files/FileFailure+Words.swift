extension FileFailure {
  /// What was found, in lower case, with the path, and without a full stop.
  package var message: String {
    switch reason {
    case .empty: "the path is empty"
    case .absolute: "`\(path)` is an absolute path, which another machine does not have"
    case .address: "`\(path)` is an address and not a file of the project"
    case .outside: "`\(path)` leads out of the project's folder"
    case .linkOutside: "`\(path)` leads out of the project's folder by a symbolic link"
    case .missing: "there is no file `\(path)`"
    case .missingFolder(let folder): "there is no file `\(path)`: the folder `\(folder)` does not exist"
    case .folder: "`\(path)` is a folder and not a file"
    case .special: "`\(path)` is a device or a pipe and not a file"
    case .tooLarge(let bytes, let limit):
      "`\(path)` has \(bytes) bytes; at most \(limit >> 20) MB are read"
    case .unreadable(let why): "`\(path)` cannot be read: \(why)"
    case .notUTF8(let offset): "`\(path)` is not UTF-8 text: the byte at offset \(offset) begins no character"
    case .notJSON(let line, let message): "`\(path)` is not JSON: \(message), in line \(line)"
    case .badRow(let line, let message): "line \(line) of `\(path)`: \(message)"
    case .noRows: "`\(path)` is not known to hold rows"
    case .notPicture(let seems): "`\(path)` is not a picture that models take: \(seems)"
    case .notDocument(let seems): "`\(path)` is not a file that models take: \(seems)"
    case .badPattern(let message): "the pattern `\(path)` cannot be read: \(message)"
    case .tooManyEntries(let limit):
      "the pattern `\(path)` leads through more than \(limit) files and folders"
    }
  }

  /// What to do about it, in a line.
  package var advice: String? {
    switch reason {
    case .empty, .absolute, .outside:
      "name a file by its path from the flow's folder; what lies elsewhere is given as an input"
    case .address: "give it as an input: `input photo: image`, then `--photo \(path)`"
    case .linkOutside: "put the file itself into the project, or give it as an input"
    case .missing(let nearest): nearest.map { "did you mean `\($0)`?" }
    case .folder: "name its files one by one, or all with `paths(\"\(path)/*\")`"
    case .unreadable: "check that you may read it: `ls -l`"
    case .notUTF8(let offset):
      offset == 0 ? "save it as UTF-8; if it is no text, read it with `file`" : "save it as UTF-8"
    case .noRows: "`.csv`, `.tsv`, `.jsonl` and `.ndjson` are read; for another text there is `read_lines`"
    case .notPicture: "convert it to PNG, JPEG, GIF or WebP"
    case .notDocument:
      "pictures, PDF, text, sound (MP3, WAV, M4A, OGG, FLAC) and film (MP4, WebM, MOV) are taken"
    case .badPattern: "`*`, `?` and `[abc]` stand for parts of a name, `**` for any folders"
    case .tooManyEntries: "let the pattern begin with a folder: `docs/**/*.md`"
    case .missingFolder, .special, .tooLarge, .notJSON, .badRow: nil
    }
  }
}
