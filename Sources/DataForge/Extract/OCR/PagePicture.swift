import CPoppler

/// A page as grey pixels.
struct PagePicture {
  /// Dots an inch: what Tesseract's data was trained for.
  static let usualResolution = 300.0
  /// Larger pages get fewer dots an inch: 100 MB while cairo draws.
  private static let mostPixels = 25_000_000.0

  var width: Int
  var height: Int
  /// Dots an inch.
  var resolution: Double
  /// A byte for each pixel, row by row; white is 255.
  var grey: [UInt8]

  /// Draws a page with cairo; `nil` where it has no size or there is no memory for it.
  init?(_ page: OpaquePointer) {
    var points = (width: 0.0, height: 0.0)
    poppler_page_get_size(page, &points.width, &points.height)
    guard points.width.isFinite, points.height.isFinite, points.width >= 1, points.height >= 1 else { return nil }
    let inches = points.width * points.height / (72 * 72)
    resolution = min(Self.usualResolution, (Self.mostPixels / inches).squareRoot())
    let scale = resolution / 72
    // Cairo's pictures end at 32,767 pixels.
    width = Int(min(30_000, max(1, points.width * scale)))
    height = Int(min(30_000, max(1, points.height * scale)))
    guard width * height <= Int(Self.mostPixels) + 60_000 else { return nil }
    let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    defer { cairo_surface_destroy(surface) }
    let context = cairo_create(surface)
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_scale(context, scale, scale)
    poppler_page_render(page, context)
    cairo_destroy(context)
    cairo_surface_flush(surface)
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let pixels = cairo_image_surface_get_data(surface)
    else { return nil }
    let stride = Int(cairo_image_surface_get_stride(surface))
    let (width, height) = (self.width, self.height)
    grey = [UInt8](unsafeUninitializedCapacity: width * height) { grey, count in
      for row in 0..<height {
        var from = row * stride
        for column in 0..<width {
          // Blue, green, red and an unused byte; in the eye's weights.
          let light = UInt32(pixels[from]) * 29 + UInt32(pixels[from + 1]) * 150 + UInt32(pixels[from + 2]) * 77
          grey[row * width + column] = UInt8(light >> 8)
          from += 4
        }
      }
      count = width * height
    }
  }
}
