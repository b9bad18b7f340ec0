import WeirValues

extension Fitter {
  mutating func fitRecord(_ index: Int, _ type: ValueType, _ fields: [RecordField]) -> Value? {
    switch node(index).kind {
    case .object:
      if isInOrder(index, fields) { return fitInOrder(index, fields) }
      let mark = log.mark
      let entries = entries(of: index)
      if let value = fitFields(index, fields, entries) { return value }
      guard entries.count == 1, node(entries[0].value).kind == .object, isNoField(entries[0].key, fields)
      else { return nil }
      let faults = log.takeBack(to: mark)
      if let value = fitUnwrapped(index, type) { return value }
      _ = log.takeBack(to: mark)
      log.append(faults)
      return nil
    case .list: return best(index, [.element(type), .onlyField(of: type)])
    case .string:
      if let value = fitJSON(in: index, type) { return value }
      return fitOnlyField(index, type)
    case .bare: return fitOnlyField(index, type)
    case .missing: return mismatch(index, type)
    }
  }

  /// Most objects have just the fields of their type, spelled so and in that order.
  private func isInOrder(_ index: Int, _ fields: [RecordField]) -> Bool {
    let end = node(index).next
    var child = index + 1
    for field in fields {
      guard child < end, reader.isPlain(child, field.name), node(child).next < end else { return false }
      child = node(node(child).next).next
    }
    return child == end && !fields.isEmpty && !isCut(index)
  }

  private mutating func fitInOrder(_ index: Int, _ fields: [RecordField]) -> Value? {
    let mark = log.mark
    var record: [Record.Field] = []
    record.reserveCapacity(fields.count)
    var child = index + 1
    for field in fields {
      let value = node(child).next
      path.append(.field(field.name))
      if let fitted = fit(value, field.type) { record.append(.init(field.name, fitted)) }
      path.removeLast()
      child = node(value).next
    }
    return log.hasFaults(since: mark) ? nil : .record(Record(uniqueFields: record))
  }

  private func isNoField(_ key: String, _ fields: [RecordField]) -> Bool {
    let form = NormalForm(key)
    return !fields.contains { NormalForm($0.name) == form }
  }

  struct Entry {
    let key: String
    let keyNode: Int
    let value: Int
  }

  func entries(of index: Int) -> [Entry] {
    var entries: [Entry] = []
    var child = index + 1
    let end = node(index).next
    while child < end {
      let value = node(child).next
      guard value < end else { break }
      entries.append(Entry(key: reader.text(of: child), keyNode: child, value: value))
      child = node(value).next
    }
    return entries
  }

  // MARK: Fields

  /// Which entry is which field: as it is spelled, else by its normal form.
  private struct Assignment {
    /// For each field its entry; the last one of several.
    var entryOfField: [Int?]
    var fieldOfEntry: [Int?]
    /// Fields that several keys may be, all spelled otherwise.
    var rivals: [Int: [Int]] = [:]
  }

  private func assign(_ entries: [Entry], to fields: [RecordField]) -> Assignment {
    var found = Assignment(
      entryOfField: .init(repeating: nil, count: fields.count),
      fieldOfEntry: .init(repeating: nil, count: entries.count))
    // Models keep to the order of the schema.
    var expected = 0
    var places: [String: Int]?
    for (place, entry) in entries.enumerated() {
      if expected < fields.count, fields[expected].name == entry.key {
        found.entryOfField[expected] = place
        found.fieldOfEntry[place] = expected
        expected += 1
        continue
      }
      if places == nil {
        places = Dictionary(
          fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
      }
      guard let field = places?[entry.key] else { continue }
      found.entryOfField[field] = place
      found.fieldOfEntry[place] = field
      expected = field + 1
    }
    assignBySpelling(entries, fields, &found)
    return found
  }

  private func assignBySpelling(_ entries: [Entry], _ fields: [RecordField], _ found: inout Assignment) {
    let open = fields.indices.filter { found.entryOfField[$0] == nil }
    guard !open.isEmpty, found.fieldOfEntry.contains(nil) else { return }
    var byForm: [NormalForm: Int?] = [:]
    // Two fields of one form are not told apart by it.
    for field in open {
      byForm.updateValue(
        byForm[NormalForm(fields[field].name)] == nil ? field : nil, forKey: NormalForm(fields[field].name))
    }
    for (place, entry) in entries.enumerated() where found.fieldOfEntry[place] == nil {
      guard let match = byForm[NormalForm(entry.key)], let field = match else { continue }
      found.fieldOfEntry[place] = field
      if let present = found.entryOfField[field] { found.rivals[field, default: [present]].append(place) }
      found.entryOfField[field] = place
    }
  }

  private mutating func fitFields(_ index: Int, _ fields: [RecordField], _ entries: [Entry]) -> Value? {
    let mark = log.mark
    let assignment = assign(entries, to: fields)
    var record = Record()
    var known = 0
    for (place, field) in fields.enumerated() {
      guard let entry = assignment.entryOfField[place] else {
        if let value = absence(of: field, in: index) { record[field.name] = value }
        continue
      }
      known += 1
      path.append(.field(field.name))
      if let value = fit(entries[entry], field, assignment.rivals[place]?.map { entries[$0] } ?? []) {
        record[field.name] = value
      }
      path.removeLast()
    }
    noteOthers(entries, assignment, fields)
    if known == 0, !fields.isEmpty {
      // An object that has other fields only is another thing, and one that has none says little.
      if !entries.isEmpty { _ = mismatch(index, .record(fields)) }
      log.add(cost: 20)
    }
    return log.hasFaults(since: mark) ? nil : .record(record)
  }

  private mutating func fit(_ entry: Entry, _ field: RecordField, _ rivals: [Entry]) -> Value? {
    let before = log.mark
    if entry.key != field.name { note(.otherKey, at: entry.keyNode) }
    if isUnwritten(entry.value), !options.allowsPartial {
      log.add(.cutOff(ValuePath(path)))
      return nil
    }
    guard let value = fit(entry.value, field.type) else {
      guard options.allowsPartial, isCut(entry.value) || node(entry.value).kind == .missing else {
        return nil
      }
      _ = log.takeBack(to: before)
      note(.cutOff, at: entry.value)
      return types.isOptional(field.type) ? .null : nil
    }
    for rival in rivals where rival.value != entry.value {
      let other = attempt(rival.value, .type(field.type))
      guard let otherValue = other.value, otherValue == value else {
        log.add(
          .ambiguous(ValuePath(path), value.json(), other.value?.json() ?? reader.text(of: rival.keyNode)))
        return nil
      }
    }
    return value
  }

  /// An optional field that is not there is null, and nothing was forgiven. In an object that is cut off it
  /// may have been going to be there.
  private mutating func absence(of field: RecordField, in index: Int) -> Value? {
    if types.isOptional(field.type), options.allowsPartial || !leavesOut(index) { return .null }
    let path = ValuePath(path).appending(.field(field.name))
    if !leavesOut(index) {
      log.add(.mismatch(.init(path: path, type: field.type, node: nil)))
    } else if options.allowsPartial {
      log.add(.init(.cutOff, at: path, offset: node(index).end))
    } else {
      log.add(.cutOff(path))
    }
    return nil
  }

  /// Keys that no field has, and those that are there more than once.
  private mutating func noteOthers(_ entries: [Entry], _ assignment: Assignment, _ fields: [RecordField]) {
    for (place, entry) in entries.enumerated() {
      path.append(.field(entry.key))
      if let field = assignment.fieldOfEntry[place] {
        if assignment.entryOfField[field] != place, assignment.rivals[field] == nil {
          note(.repeatedKey, at: entry.keyNode)
        }
      } else {
        note(.extraField, at: entry.keyNode)
      }
      path.removeLast()
    }
  }

  // MARK: Dictionaries

  mutating func fitDictionary(_ index: Int, _ type: ValueType, _ element: ValueType) -> Value? {
    switch node(index).kind {
    case .object: break
    case .list: return fitElement(index, type)
    case .string: return fitJSON(in: index, type) ?? mismatch(index, type)
    case .bare, .missing: return mismatch(index, type)
    }
    let mark = log.mark
    var record = Record()
    for entry in entries(of: index) {
      path.append(.field(entry.key))
      let before = log.mark
      if record[entry.key] != nil { note(.repeatedKey, at: entry.keyNode) }
      if let value = fit(entry.value, element) {
        record[entry.key] = value
      } else if options.allowsPartial, isCut(entry.value) {
        _ = log.takeBack(to: before)
        note(.cutOff, at: entry.value)
      }
      path.removeLast()
    }
    if !options.allowsPartial, leavesOut(index) { log.add(.cutOff(ValuePath(path))) }
    return log.hasFaults(since: mark) ? nil : .record(record)
  }
}

extension LooseReader {
  /// Whether a key stands in the text just as a name is.
  fileprivate func isPlain(_ index: Int, _ name: String) -> Bool {
    let node = tree.nodes[index]
    guard node.isPlain, node.content.count == name.utf8.count else { return false }
    return bytes[node.content].elementsEqual(name.utf8)
  }
}
