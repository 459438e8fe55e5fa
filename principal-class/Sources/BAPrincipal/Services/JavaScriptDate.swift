package import Foundation

/// Dates as `Date.prototype.toISOString` writes them: UTC, to the millisecond, and years beyond four digits with a sign
/// and six.
package enum JavaScriptDate {
  /// What a `Date` holds, in milliseconds around 1970.
  private static let range = -8_640_000_000_000_000.0...8_640_000_000_000_000.0
  private static let millisecondsOfDay = 86_400_000

  /// Nil for what JavaScript has no date for.
  package static func text(_ date: Date) -> String? {
    let exact = (date.timeIntervalSince1970 * 1000).rounded()
    guard range.contains(exact) else { return nil }
    let (day, time) = floored(Int(exact), by: millisecondsOfDay)
    let (year, month, ofMonth) = civil(day)
    let years =
      (0...9999).contains(year) ? padded(year, 4) : (year < 0 ? "-" : "+") + padded(abs(year), 6)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(years)-\(padded(month, 2))-\(padded(ofMonth, 2))T\(clock).\(padded(time % 1000, 3))Z"
  }

  /// Nil for a text of another form, and for a day or a time that does not exist.
  package static func date(_ text: String) -> Date? {
    var rest = Substring(text)
    guard let year = takeYear(&rest),
      let month = take(2, after: "-", from: &rest), let ofMonth = take(2, after: "-", from: &rest),
      let hour = take(2, after: "T", from: &rest), let minute = take(2, after: ":", from: &rest),
      let second = take(2, after: ":", from: &rest), let millisecond = takeMilliseconds(&rest),
      rest == "Z", hour < 24, minute < 60, second < 60
    else { return nil }
    let day = dayNumber(year, month, ofMonth)
    guard civil(day) == (year, month, ofMonth) else { return nil }
    let time = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond
    let exact = Double(day * millisecondsOfDay + time)
    return range.contains(exact) ? Date(timeIntervalSince1970: exact / 1000) : nil
  }

  private static func takeYear(_ rest: inout Substring) -> Int? {
    guard let sign = rest.first, sign == "-" || sign == "+" else { return take(4, after: "", from: &rest) }
    let year = take(6, after: String(sign), from: &rest)
    // There is no year −0.
    return sign == "-" ? year.flatMap { $0 == 0 ? nil : -$0 } : year
  }

  private static func takeMilliseconds(_ rest: inout Substring) -> Int? {
    rest.first == "." ? take(3, after: ".", from: &rest) : 0
  }

  private static func take(_ count: Int, after separator: String, from rest: inout Substring) -> Int? {
    guard rest.hasPrefix(separator) else { return nil }
    let digits = rest.dropFirst(separator.count).prefix(count)
    rest = rest.dropFirst(separator.count + count)
    let isNumber = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber && digits.count == count ? Int(digits) : nil
  }

  private static func padded(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  private static func floored(_ number: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let remainder = (number % divisor + divisor) % divisor
    return ((number - remainder) / divisor, remainder)
  }

  // The Gregorian calendar in cycles of 400 years, which have 146097 days; years begin in March, so that the day that
  // comes and goes is their last one. Day 0 is 1970-01-01, and 719468 days after 0000-03-01.

  private static func dayNumber(_ year: Int, _ month: Int, _ ofMonth: Int) -> Int {
    let (cycle, yearOfCycle) = floored(month <= 2 ? year - 1 : year, by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + ofMonth - 1
    return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
  }

  private static func civil(_ day: Int) -> (year: Int, month: Int, ofMonth: Int) {
    let (cycle, dayOfCycle) = floored(day + 719_468, by: 146_097)
    let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
    let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }
}
