import WeirValues

extension Fitter {
  mutating func fitRecord(_ index: Int, _ type: WantedTypes.ID, _ form: RecordForm) -> Value? {
    switch node(index).kind {
    case .object: return fitObject(index, type, form)
    case .list: return best(index, type, [.init(.element, type), .init(.onlyField, type)])
    case .string:
      if let value = fitJSON(in: index, type) { return value }
      return fitOnlyField(index, type)
    case .bare: return fitOnlyField(index, type)
    case .missing: return mismatch(index, type)
    }
  }

  private mutating func fitObject(_ index: Int, _ type: WantedTypes.ID, _ form: RecordForm) -> Value? {
    if !isCut(index), source.isInOrder(index, form) { return fitInOrder(index, form) }
    let mark = log.mark
    let entries = entries(of: index)
    if let value = fitFields(index, type, form, entries) { return value }
    guard entries.count == 1, node(entries[0].value).kind == .object,
      form.places(of: NormalForm(entries[0].key)).isEmpty
    else { return nil }
    let faults = log.takeBack(to: mark)
    if let value = fitUnwrapped(index, type) { return value }
    _ = log.takeBack(to: mark)
    log.append(faults)
    return nil
  }

  private mutating func fitInOrder(_ index: Int, _ form: RecordForm) -> Value? {
    let mark = log.mark
    var record: [Record.Field] = []
    record.reserveCapacity(form.fields.count)
    var key = index + 1
    for place in form.fields.indices {
      let value = node(key).next
      if let plain = plain(value, form.fields[place].leaf) {
        record.append(.init(form.fields[place].name, plain))
      } else {
        let (name, type) = (form.fields[place].name, form.fields[place].type)
        if let fitted = within(.field(name), named: name, { $0.fit(value, type) }) {
          record.append(.init(name, fitted))
        }
      }
      key = node(value).next
    }
    return log.hasFaults(since: mark) ? nil : .record(Record(uniqueFields: record))
  }

  struct Entry {
    let key: String
    let keyNode: Int
    let value: Int
  }

  /// The keys of an object with their values.
  mutating func entries(of index: Int) -> [Entry] {
    if lastEntries.node == index { return lastEntries.entries }
    var entries: [Entry] = []
    var child = index + 1
    let end = node(index).next
    while child < end {
      let value = node(child).next
      guard value < end else { break }
      entries.append(Entry(key: source.text(of: child), keyNode: child, value: value))
      child = node(value).next
    }
    lastEntries = (index, entries)
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

  private func assign(_ entries: [Entry], to form: RecordForm) -> Assignment {
    let fields = form.fields
    var found = Assignment(
      entryOfField: .init(repeating: nil, count: fields.count),
      fieldOfEntry: .init(repeating: nil, count: entries.count))
    // Models keep to the order of the schema.
    var expected = 0
    for (place, entry) in entries.enumerated() {
      let isExpected = expected < fields.count && fields[expected].name == entry.key
      guard let field = isExpected ? expected : form.place(of: entry.key) else { continue }
      found.entryOfField[field] = place
      found.fieldOfEntry[place] = field
      expected = field + 1
    }
    assignBySpelling(entries, form, &found)
    return found
  }

  private func assignBySpelling(_ entries: [Entry], _ form: RecordForm, _ found: inout Assignment) {
    let isOpen = found.entryOfField.map { $0 == nil }
    guard isOpen.contains(true) else { return }
    for (place, entry) in entries.enumerated() where found.fieldOfEntry[place] == nil {
      let open = form.places(of: NormalForm(entry.key)).filter { isOpen[$0] }
      // Two fields of one form are not told apart by it.
      guard open.count == 1 else { continue }
      let field = open[0]
      found.fieldOfEntry[place] = field
      if let present = found.entryOfField[field] { found.rivals[field, default: [present]].append(place) }
      found.entryOfField[field] = place
    }
  }

  private mutating func fitFields(
    _ index: Int, _ type: WantedTypes.ID, _ form: RecordForm, _ entries: [Entry]
  ) -> Value? {
    let mark = log.mark
    let assignment = assign(entries, to: form)
    var record: [Record.Field] = []
    record.reserveCapacity(form.fields.count)
    var known = 0
    let isRefused = isTrial && lacksField(assignment, form, in: index)
    for (place, field) in form.fields.enumerated() {
      guard let entry = assignment.entryOfField[place] else {
        if let value = absence(of: field, in: index) { record.append(.init(field.name, value)) }
        continue
      }
      known += 1
      if isRefused, !field.isSimple { continue }
      let rivals = assignment.rivals[place]?.map { entries[$0] } ?? []
      let value = within(.field(field.name), named: field.name) { $0.fit(entries[entry], field, rivals) }
      if let value { record.append(.init(field.name, value)) }
    }
    noteOthers(entries, assignment)
    if known == 0, !form.fields.isEmpty {
      // An object that has other fields only is another thing, and one that has none says little.
      if !entries.isEmpty { _ = mismatch(index, type) }
      log.add(cost: 20)
    }
    return log.hasFaults(since: mark) ? nil : .record(Record(uniqueFields: record))
  }

  /// Whether a field is missing that must be there. In one way among several the parts of other fields are
  /// then looked into for nothing.
  private func lacksField(_ assignment: Assignment, _ form: RecordForm, in index: Int) -> Bool {
    let lacks = form.fields.indices.contains {
      assignment.entryOfField[$0] == nil && !form.fields[$0].isOptional
    }
    return lacks && !leavesOut(index)
  }

  private mutating func fit(_ entry: Entry, _ field: RecordForm.Field, _ rivals: [Entry]) -> Value? {
    let before = log.mark
    if entry.key != field.name { note(.otherKey, at: entry.keyNode) }
    if isUnwritten(entry.value), !options.allowsPartial {
      log.add(.cutOff)
      return nil
    }
    guard let value = fit(entry.value, field.type) else {
      guard options.allowsPartial, isCut(entry.value) || node(entry.value).kind == .missing else {
        return nil
      }
      _ = log.takeBack(to: before)
      note(.cutOff, at: entry.value)
      return field.isOptional ? .null : nil
    }
    for rival in rivals where rival.value != entry.value {
      let other = attempt(rival.value, .init(.asType, field.type))
      guard let otherValue = other.value, otherValue == value else {
        let otherSense = other.value.map { .value($0) } ?? FitLog.Sense.text(source.text(of: rival.keyNode))
        log.add(.ambiguous(.value(value), otherSense))
        return nil
      }
    }
    return value
  }

  /// An optional field that is not there is null, and nothing was forgiven. In an object that is cut off it
  /// may have been going to be there.
  private mutating func absence(of field: RecordForm.Field, in index: Int) -> Value? {
    let leavesOut = leavesOut(index)
    if field.isOptional, options.allowsPartial || !leavesOut { return .null }
    return within(.field(field.name)) { fitter in
      if !leavesOut {
        fitter.log.add(.mismatch(field.valueType, node: nil))
      } else if fitter.options.allowsPartial {
        fitter.log.add(.cutOff, at: fitter.node(index).end)
      } else {
        fitter.log.add(.cutOff)
      }
      return nil
    }
  }

  /// Keys that no field has, and those that are there more than once.
  private mutating func noteOthers(_ entries: [Entry], _ assignment: Assignment) {
    for (place, entry) in entries.enumerated() {
      if let field = assignment.fieldOfEntry[place] {
        if assignment.entryOfField[field] != place, assignment.rivals[field] == nil {
          note(.repeatedKey, of: entry)
        }
      } else {
        note(.extraField, of: entry)
      }
    }
  }

  private mutating func note(_ kind: Reading.Change.Kind, of entry: Entry) {
    let mark = log.mark
    note(kind, at: entry.keyNode)
    log.enclose(in: .field(entry.key), since: mark)
  }
}
