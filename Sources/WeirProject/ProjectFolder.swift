package import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a flow may read: those of its project, by paths from the flow's own folder.
///
/// The project is the nearest folder at or above the flow's that has a `.git`, or else the flow's own.
/// Neither `..` nor a symbolic link leads out of it, also not one that is put there between the look
/// and the reading.
package struct ProjectFolder: FlowFiles {
  /// Without symbolic links in it.
  package let root: String
  /// The flow's folder, without symbolic links in it.
  package let directory: String

  package static let greatestFile = 64 << 20

  /// `directory` is the folder of the flow, which exists.
  package init(ofFlowIn directory: String) {
    self.directory = FilePaths.real(directory) ?? directory
    root = Self.project(of: self.directory)
  }

  private static func project(of directory: String) -> String {
    var folder = directory
    while true {
      if FileManager.default.fileExists(atPath: FilePaths.joined(folder, ".git")) { return folder }
      guard folder != "/", let parent = FilePaths.parent(folder) else { return directory }
      folder = parent
    }
  }

  // MARK: FlowFiles

  package func text(_ path: String) throws(FileFailure) -> String { try textBytes(path).text }

  package func lines(_ path: String) throws(FileFailure) -> [String] { try textBytes(path).lines }

  package func json(_ path: String) throws(FileFailure) -> Value {
    let content = try textBytes(path)
    do throws(FileFailure.Reason) {
      return try content.json()
    } catch {
      throw FileFailure(path, error)
    }
  }

  package func rows(_ path: String) throws(FileFailure) -> [Value] {
    let content = try textBytes(path)
    do throws(FileFailure.Reason) {
      return try content.rows(of: path)
    } catch {
      throw FileFailure(path, error)
    }
  }

  package func image(_ path: String) throws(FileFailure) -> Picture {
    let data = Data(try bytes(path, atMost: ProjectFiles.greatestPicture))
    guard let picture = Picture(bytes: data) else {
      throw FileFailure(path, .notPicture(ProjectFiles.describe(data)))
    }
    return picture
  }

  package func file(_ path: String) throws(FileFailure) -> Value {
    let data = Data(try bytes(path))
    if let picture = Picture(bytes: data) {
      guard data.count <= ProjectFiles.greatestPicture else {
        throw FileFailure(path, .tooLarge(bytes: data.count, limit: ProjectFiles.greatestPicture))
      }
      return .image(picture)
    }
    guard let document = Document(name: FilePaths.name(path), bytes: data) else {
      throw FileFailure(path, .notDocument(ProjectFiles.describe(data)))
    }
    return .file(document)
  }

  package func paths(_ pattern: String) throws(FileFailure) -> [String] {
    do throws(FileFailure.Reason) {
      var walk = PatternWalk(try PathPattern(pattern), in: self)
      return try walk.run()
    } catch {
      throw FileFailure(pattern, error)
    }
  }

  private func textBytes(_ path: String) throws(FileFailure) -> TextBytes {
    let bytes = try bytes(path)
    do throws(FileFailure.Reason) {
      return try TextBytes(bytes)
    } catch {
      throw FileFailure(path, error)
    }
  }

  /// All bytes of a file of the project.
  package func bytes(_ path: String, atMost limit: Int = greatestFile) throws(FileFailure) -> [UInt8] {
    do throws(FileFailure.Reason) {
      return try ConfinedFile(below: root, try locate(path)).bytes(atMost: limit)
    } catch {
      throw FileFailure(path, error)
    }
  }
}
