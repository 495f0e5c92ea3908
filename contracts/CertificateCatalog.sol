// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {CreditCode} from "./CreditCode.sol";
import {RegionalAuthority} from "./RegionalAuthority.sol";
import {Regions} from "./Regions.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";

/// @title What certificates there are (证照目录)
contract CertificateCatalog is ICertificateCatalog, RegionalAuthority {
    using CreditCode for bytes18;
    using Regions for uint24;

    mapping(bytes21 certificateType => CertificateType) private _types;
    mapping(bytes21 certificateType => mapping(uint16 version => bytes32)) private _schemaHashes;
    mapping(uint32 number => bytes21) private _codes;
    uint32 private _lastNumber;

    /// @inheritdoc ICertificateCatalog
    uint64 public override sequence;

    /// @param manager The access manager that says who is an authority over which region.
    constructor(IAccessManager manager) RegionalAuthority(manager) {}

    /// @inheritdoc ICertificateCatalog
    function publishType(
        bytes21 certificateType,
        uint24 region,
        Publication calldata publication,
        string calldata basis
    ) external override returns (uint16 version) {
        return _publish(certificateType, region, publication, basis);
    }

    /// @inheritdoc ICertificateCatalog
    function publishTypes(Order[] calldata orders) external override {
        if (orders.length == 0) revert CertificateCatalogNothingToPublish();
        for (uint256 i = 0; i < orders.length; i++) {
            Order calldata order = orders[i];
            _publish(order.certificateType, order.region, order.publication, order.basis);
        }
    }

    /// @inheritdoc ICertificateCatalog
    function retireType(bytes21 certificateType, string calldata basis) external override {
        CertificateType storage entry = _types[certificateType];
        if (entry.number == 0) revert CertificateCatalogUnknownType(certificateType);
        _requireAuthority(entry.region);
        if (entry.retired) revert CertificateCatalogRetiredType(certificateType);

        entry.retired = true;
        emit TypeRetired(certificateType, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc ICertificateCatalog
    function typeOf(
        bytes21 certificateType
    ) external view override returns (CertificateType memory) {
        return _types[certificateType];
    }

    /// @inheritdoc ICertificateCatalog
    function typeCodeOf(uint32 number) external view override returns (bytes21) {
        return _codes[number];
    }

    /// @inheritdoc ICertificateCatalog
    function schemaHashOf(
        bytes21 certificateType,
        uint16 version
    ) external view override returns (bytes32) {
        return _schemaHashes[certificateType][version];
    }

    /// @dev The publication is in memory, as its event has more words than the stack takes from calldata.
    function _publish(
        bytes21 certificateType,
        uint24 region,
        Publication memory publication,
        string calldata basis
    ) private returns (uint16 version) {
        if (!_isTypeCode(certificateType)) revert CertificateCatalogMalformedType(certificateType);
        if (!region.isValid()) revert CertificateCatalogInvalidRegion(region);
        _requireAuthority(region);

        CertificateType storage entry = _types[certificateType];
        if (entry.number == 0) _create(certificateType, region);
        if (entry.region != region)
            revert CertificateCatalogOtherRegion(certificateType, entry.region);
        if (entry.retired) revert CertificateCatalogRetiredType(certificateType);

        version = ++entry.latestVersion;
        _schemaHashes[certificateType][version] = publication.schemaHash;
        emit TypePublished(
            certificateType,
            region,
            version,
            entry.number,
            publication.schemaHash,
            publication.name,
            publication.nameEn,
            publication.alwaysDisclosed,
            publication.validity,
            publication.effectiveFrom,
            publication.uri,
            basis,
            msg.sender,
            ++sequence
        );
    }

    function _create(bytes21 certificateType, uint24 region) private {
        uint32 number = ++_lastNumber;
        _codes[number] = certificateType;
        _types[certificateType].number = number;
        _types[certificateType].region = region;
    }

    /// @dev The defining authority's credit code, then three digits.
    function _isTypeCode(bytes21 code) private pure returns (bool) {
        return
            bytes18(code).isValid() &&
            _isDigit(code[18]) &&
            _isDigit(code[19]) &&
            _isDigit(code[20]);
    }

    function _isDigit(bytes1 character) private pure returns (bool) {
        return character >= "0" && character <= "9";
    }
}
