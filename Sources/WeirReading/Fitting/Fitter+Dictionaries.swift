import WeirValues

extension Fitter {
  mutating func fitDictionary(_ index: Int, _ type: WantedTypes.ID, _ element: WantedTypes.ID) -> Value? {
    switch node(index).kind {
    case .object: break
    case .list: return fitElement(index, type)
    case .string: return fitJSON(in: index, type) ?? mismatch(index, type)
    case .bare, .missing: return mismatch(index, type)
    }
    let mark = log.mark
    var record = Record()
    for entry in entries(of: index) {
      let isRepeated = record[entry.key] != nil
      let value = within(.field(entry.key), named: entry.key) { fitter in
        let before = fitter.log.mark
        if isRepeated { fitter.note(.repeatedKey, at: entry.keyNode) }
        if let value = fitter.fit(entry.value, element) { return value }
        if fitter.options.allowsPartial, fitter.isCut(entry.value) {
          _ = fitter.log.takeBack(to: before)
          fitter.note(.cutOff, at: entry.value)
        }
        return nil
      }
      if let value { record[entry.key] = value }
    }
    if !options.allowsPartial, leavesOut(index) { log.add(.cutOff) }
    return log.hasFaults(since: mark) ? nil : .record(record)
  }
}
