// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title What certificates there are (证照目录)
/// @notice Keeps certificate types and their schema versions: the hash of each schema, its names, and
/// the claims that are always disclosed.
interface ICertificateCatalog {
    /// @notice What a defining authority publishes of one schema version.
    struct Publication {
        bytes32 schemaHash;
        string name;
        string nameEn;
        string[] alwaysDisclosed;
        string uri;
    }

    /// @notice A type as it stands now.
    struct CertificateType {
        uint32 number;
        uint24 region;
        uint16 latestVersion;
        bool retired;
    }

    /// @notice A schema version of a type was published; version 1 also creates the type.
    event TypePublished(
        bytes21 indexed certificateType,
        uint24 indexed region,
        uint16 version,
        uint32 number,
        bytes32 schemaHash,
        string name,
        string nameEn,
        string[] alwaysDisclosed,
        string uri,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice No new entitlement to this type will be granted.
    event TypeRetired(bytes21 indexed certificateType, string basis, address by, uint64 sequence);

    error CertificateCatalogMalformedType(bytes21 certificateType);
    error CertificateCatalogUnknownType(bytes21 certificateType);
    error CertificateCatalogRetiredType(bytes21 certificateType);
    error CertificateCatalogOtherRegion(bytes21 certificateType, uint24 region);

    /// @notice Publishes the next schema version of a type: the national authority for a national type
    /// (region 0), a region's authority for a local one.
    function publishType(
        bytes21 certificateType,
        uint24 region,
        Publication calldata publication,
        string calldata basis
    ) external returns (uint16 version);

    function retireType(bytes21 certificateType, string calldata basis) external;

    function typeOf(bytes21 certificateType) external view returns (CertificateType memory);

    /// @notice The code of the type with this number; numbers start at 1.
    function typeCodeOf(uint32 number) external view returns (bytes21);

    function schemaHashOf(bytes21 certificateType, uint16 version) external view returns (bytes32);

    function sequence() external view returns (uint64);
}
