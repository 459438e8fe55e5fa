/// The candidate that was probably meant; nil when none is near enough for a word of this length. The twin of
/// `src/diagnostics/did-you-mean.ts`.
func didYouMean(_ given: String, _ candidates: [String]) -> String? {
  var best: String?
  // Two slips in a long word, one in a short one, none in a word of two letters.
  var limit = min(3, Double(given.utf16.count / 3) + 0.5)
  for candidate in candidates {
    let distance = Double(editDistance(given.lowercased(), candidate.lowercased()))
    if distance < limit {
      (best, limit) = (candidate, distance)
    }
  }
  return best
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), in UTF-16 code units.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf16), Array(b.utf16))
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for (i, unit) in a.enumerated() {
    var current = [i + 1]
    for (j, other) in b.enumerated() {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (unit == other ? 0 : 1))
      if i > 0, j > 0, unit == b[j - 1], a[i - 1] == other {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[b.count]
}
