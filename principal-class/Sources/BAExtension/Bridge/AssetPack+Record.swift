package import BAMessages
package import BackgroundAssets
internal import Foundation

@available(macOS 26, iOS 26, tvOS 26, visionOS 26, *)
extension AssetPackRecord {
  package init(_ pack: AssetPack) {
    self.init(
      id: pack.id,
      version: pack.version,
      downloadSize: max(0, pack.downloadSize),
      language: pack.languageTag,
      // What is not UTF-8 is no JSON either: the handler hears so when it asks for `userInfo`.
      userInfo: pack.userInfo.map { String(decoding: $0, as: UTF8.self) },
      description: pack.description)
  }
}

@available(macOS 26, iOS 26, tvOS 26, visionOS 26, *)
extension AssetPack {
  /// BCP 47, with the subtags that the pack names and no likely ones. Nil: not localized, or the system is older than
  /// localized packs.
  fileprivate var languageTag: String? {
    // The SDK of Xcode 26 has no `language`; its compiler is older than this one.
    #if compiler(>=6.4) || canImport(FoundationNetworking)
    guard #available(macOS 27, iOS 27, tvOS 27, visionOS 27, *), let language else { return nil }
    // `script` is the likely one where none is named: then the language is the same without it.
    let (code, region) = (language.languageCode, language.region)
    let hasScript = language != Locale.Language(components: .init(languageCode: code, script: nil, region: region))
    let subtags = [code?.identifier, hasScript ? language.script?.identifier : nil, region?.identifier]
    return subtags.compactMap { $0 }.joined(separator: "-")
    #else
    return nil
    #endif
  }
}
